import type { MessageContent } from '@waggle/shared'

/**
 * Applies a function to every text of a message that a person will read.
 * @returns a message of the same kind; the given one is not changed.
 */
export function mapTexts(content: MessageContent, change: (text: string) => string): MessageContent {
  const optional = (text: string | undefined) => (text === undefined ? {} : { text: change(text) })
  switch (content.kind) {
    case 'text':
    case 'note':
      return { ...content, body: { text: change(content.body.text) } }
    case 'image':
    case 'file':
      return { ...content, body: { ...content.body, name: change(content.body.name), ...optional(content.body.text) } }
    case 'card': {
      const { subtitle, fields } = content.body
      return {
        ...content,
        body: {
          ...content.body,
          title: change(content.body.title),
          ...(subtitle === undefined ? {} : { subtitle: change(subtitle) }),
          ...(fields === undefined
            ? {}
            : { fields: fields.map((field) => ({ ...field, value: change(field.value) })) }),
        },
      }
    }
    case 'csat':
      return { ...content, body: { ...content.body, ...optional(content.body.text) } }
    case 'event':
      return content
  }
}
