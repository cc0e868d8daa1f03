import { type Browser, type BrowserContext, expect, type FrameLocator, type Locator, type Page } from '@playwright/test'

export interface Place {
  webUrl: string
  apiUrl: string
  workerMetrics: string[]
}
/** Where the cluster of this run is. */
export function place(): Place {
  return JSON.parse(process.env.WAGGLE_E2E ?? '{}') as Place
}

export type Language = 'en' | 'zh-CN'
export interface Look {
  language?: Language
  /** Pixels. */
  width?: number
  colorScheme?: 'light' | 'dark'
}

export async function openBrowser(browser: Browser, { language = 'en', width = 1280, colorScheme = 'light' }: Look) {
  return browser.newContext({
    baseURL: place().webUrl,
    locale: language,
    viewport: { width, height: 800 },
    colorScheme,
    reducedMotion: 'reduce',
  })
}

const words = {
  en: {
    reply: 'Reply',
    log: 'Conversation',
    send: 'Send',
    write: 'Write a message',
    messages: 'Messages',
    note: 'Note',
  },
  'zh-CN': { reply: '回复', log: '对话', send: '发送', write: '输入消息', messages: '消息', note: '备注' },
}

/** An agent at the console. */
export class Agent {
  readonly page: Page
  readonly context: BrowserContext
  readonly #words: (typeof words)[Language]

  private constructor(context: BrowserContext, page: Page, language: Language) {
    this.context = context
    this.page = page
    this.#words = words[language]
  }

  static async signIn(browser: Browser, email: string, look: Look = {}): Promise<Agent> {
    const context = await openBrowser(browser, look)
    const page = await context.newPage()
    await page.goto('/sign-in')
    await page.locator('input[type=email]').fill(email)
    await page.locator('input[type=password]').fill('waggle-demo')
    await page.locator('button[type=submit]').click()
    await page.waitForURL('**/inbox')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    return new Agent(context, page, look.language ?? 'en')
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: this.#words.log, exact: true })
  }

  bubble(text: string): Locator {
    return this.log.getByRole('article').filter({ hasText: text })
  }

  row(text: string): Locator {
    return this.page.getByRole('link').filter({ hasText: text })
  }

  async openThread(text: string): Promise<void> {
    // Another traveler's message may move the row between press and release, and then nothing is clicked.
    await expect(async () => {
      await this.row(text).first().click()
      await expect(this.log).toBeVisible({ timeout: 4_000 })
    }).toPass()
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: this.#words.reply, exact: true })
  }

  async reply(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.composer.press('Enter')
  }
}

/** A traveler on a shop's page with the widget. */
export class Traveler {
  readonly page: Page
  readonly context: BrowserContext
  readonly chat: FrameLocator
  readonly #words: (typeof words)[Language]

  constructor(context: BrowserContext, page: Page, language: Language) {
    this.context = context
    this.page = page
    this.chat = page.frameLocator('waggle-launcher iframe')
    this.#words = words[language]
  }

  static async visit(browser: Browser, shop: string, look: Look = {}): Promise<Traveler> {
    const context = await openBrowser(browser, look)
    return Traveler.inTab(context, shop, look)
  }

  static async inTab(context: BrowserContext, shop: string, look: Look = {}): Promise<Traveler> {
    const page = await context.newPage()
    await page.goto(`/shop/${shop}`)
    return new Traveler(context, page, look.language ?? 'en')
  }

  get launcher(): Locator {
    return this.page.locator('waggle-launcher button')
  }

  async openChat(): Promise<void> {
    await this.launcher.click()
    await expect(this.composer).toBeVisible()
  }

  get composer(): Locator {
    return this.chat.getByRole('textbox', { name: this.#words.write })
  }

  get log(): Locator {
    return this.chat.getByRole('log', { name: this.#words.messages })
  }

  bubble(text: string): Locator {
    return this.log.getByRole('article').filter({ hasText: text })
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.composer.press('Enter')
  }
}

/** Something that no other test says. */
export function unique(text: string): string {
  return `${text} ${Math.random().toString(36).slice(2, 8)}`
}
