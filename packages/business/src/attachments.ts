import { type Actor, attachmentTypes, limits, type MessageContent, schemas, uuidv7, WaggleError } from '@waggle/shared'
import { viewerOf } from './actor.ts'
import type { AttachmentRow, AttachmentStore, ConversationStore } from './ports.ts'

/**
 * Ties an uploaded file to the conversation it is sent to and takes name, type and size from the
 * upload, not from the sender. Messages without a file pass through.
 * @throws WaggleError `invalid_input` on `body.attachmentId` when it is not the sender's own upload.
 */
export async function attachUpload<C extends MessageContent>(
  store: Pick<AttachmentStore, 'attach' | 'find'>,
  actor: Actor,
  content: C,
  conversationId: string,
): Promise<C> {
  if (content.kind !== 'image' && content.kind !== 'file') return content
  const { attachmentId, text } = content.body
  const owned = await store.attach(actor.merchantId, attachmentId, actor.id, conversationId)
  const upload = owned ? await store.find(actor.merchantId, attachmentId) : null
  if (!upload || attachmentTypes[upload.mime] !== content.kind) {
    throw new WaggleError('invalid_input', 'body.attachmentId: is not an upload of yours of this kind', {
      field: 'body.attachmentId',
    })
  }
  const { mime, size, width, height } = upload
  const body = {
    attachmentId,
    name: content.body.name,
    mime,
    size,
    width,
    height,
    ...(text === undefined ? {} : { text }),
  }
  return { ...content, body }
}

export interface Upload {
  name: string
  mime: string
  bytes: Uint8Array
  /** Pixels, when it is an image. */
  width?: number
  height?: number
}

/** Uploads and who may read them. */
export class Attachments {
  readonly #store: AttachmentStore
  readonly #conversations: Pick<ConversationStore, 'audience'>

  constructor(store: AttachmentStore, conversations: Pick<ConversationStore, 'audience'>) {
    this.#store = store
    this.#conversations = conversations
  }

  /**
   * @param upload already looked into: type and pixels are those of the bytes.
   * @throws WaggleError `unsupported_media`, `too_large`, `invalid_input` on `file`.
   */
  async save(
    actor: Actor,
    upload: Upload,
  ): Promise<Omit<AttachmentRow, 'merchantId' | 'uploaderId' | 'conversationId'>> {
    if (!(upload.mime in attachmentTypes)) throw new WaggleError('unsupported_media', undefined, { field: 'file' })
    if (upload.bytes.byteLength > limits.attachmentBytes)
      throw new WaggleError('too_large', undefined, { field: 'file' })
    const name = schemas.shortText(200).safeParse(upload.name)
    if (!name.success) throw new WaggleError('invalid_input', 'file: has no usable name', { field: 'file' })
    const { mime, bytes, width, height } = upload
    const attachment = { id: uuidv7(), name: name.data, mime, size: bytes.byteLength, width, height }
    await this.#store.save({ ...attachment, merchantId: actor.merchantId, uploaderId: actor.id, bytes })
    return attachment
  }

  /**
   * The file, for people of its conversation; before it is sent only for the uploader.
   * @throws WaggleError `not_found` also for those who may not see it. [TEN1]
   */
  async read(actor: Actor, attachmentId: string): Promise<AttachmentRow & { bytes: Uint8Array }> {
    const row = await this.#store.find(actor.merchantId, attachmentId)
    if (!row || !(await this.#mayRead(actor, row))) throw new WaggleError('not_found')
    const bytes = await this.#store.bytes(actor.merchantId, attachmentId)
    if (!bytes) throw new WaggleError('not_found')
    return { ...row, bytes }
  }

  async #mayRead(actor: Actor, row: AttachmentRow): Promise<boolean> {
    if (row.conversationId === null) return row.uploaderId === actor.id
    return (await this.#conversations.audience(viewerOf(actor), row.conversationId)) !== null
  }
}
