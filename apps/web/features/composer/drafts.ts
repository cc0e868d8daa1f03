const key = (conversationId: string) => `waggle.draft.${conversationId}`

/** What was typed and not sent, kept over navigation and reload. */
export const drafts = {
  load(conversationId: string): string {
    try {
      return localStorage.getItem(key(conversationId)) ?? ''
    } catch {
      return ''
    }
  },
  save(conversationId: string, text: string): void {
    try {
      if (text === '') localStorage.removeItem(key(conversationId))
      else localStorage.setItem(key(conversationId), text)
    } catch {
      // A full storage costs the draft after a reload, not the words on the screen.
    }
  },
}
