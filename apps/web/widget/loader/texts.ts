const texts = {
  en: { open: 'Open chat', close: 'Close chat', title: 'Chat', unread: (count: number) => `, ${count} unread` },
  zh: { open: '打开聊天', close: '关闭聊天', title: '聊天', unread: (count: number) => `,${count} 条未读` },
}

export function textsFor(locale: string) {
  return locale.toLowerCase().startsWith('zh') ? texts.zh : texts.en
}
