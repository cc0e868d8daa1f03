import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { Agent, openBrowser, Traveler, unique } from './people.ts'

const sizes = [1280, 390]
const languages = ['en', 'zh-CN'] as const
const themes = ['light', 'dark'] as const

/** Every page in a language, a theme and a width: no serious axe violation, nothing wider than the screen, a picture to look at. */
async function inspect(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/${name}.png` })
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual(
    [],
  )
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, 'pixels wider than the screen').toBeLessThanOrEqual(0)
}

for (const language of languages) {
  for (const [index, colorScheme] of themes.entries()) {
    // Each theme at one width in one language and at the other in the other: every pair is seen.
    const width = sizes[(index + languages.indexOf(language)) % 2] ?? 1280
    const look = { language, colorScheme, width }
    const name = `${language}-${colorScheme}-${width}`

    test(`public pages, ${name}`, async ({ browser }) => {
      const context = await openBrowser(browser, look)
      const page = await context.newPage()
      const problems: string[] = []
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (error) => problems.push(error.message))
      for (const [path, title] of [
        ['/', 'home'],
        ['/sign-in', 'sign-in'],
        ['/reference', 'reference'],
        ['/shop/lotus-tours', 'shop-lotus'],
        ['/shop/harbor-hotels', 'shop-harbor'],
      ] as const) {
        await page.goto(path)
        await expect(page.getByRole('main')).toBeVisible()
        await inspect(page, `${title}-${name}`)
      }
      expect(problems).toEqual([])
      await page.goto('/nowhere')
      await inspect(page, `not-found-${name}`)
      await context.close()
    })

    test(`console and widget, ${name}`, async ({ browser }) => {
      const agent = await Agent.signIn(browser, 'he@harbor.demo', look)
      const traveler = await Traveler.visit(browser, 'harbor-hotels', look)
      await traveler.openChat()
      const question = unique('温泉旅馆可以带婴儿吗? https://example.com')
      await traveler.write(question)
      await expect(traveler.bubble(question).getByRole('img', { name: /Delivered|Read|已送达|已读/ })).toBeVisible()
      await inspect(traveler.page, `widget-${name}`)
      await agent.page.goto('/inbox?view=all')
      await expect(agent.row(question)).toBeVisible()
      await inspect(agent.page, `inbox-${name}`)
      await agent.openThread('赵一凡')
      await expect(agent.log.getByRole('article').first()).toBeVisible()
      await inspect(agent.page, `thread-${name}`)
      await agent.page.goto('/admin/words')
      await expect(agent.page.getByText(/Only administrators|只有管理员/)).toBeVisible()
      await inspect(agent.page, `words-forbidden-${name}`)
      await Promise.all([agent.context.close(), traveler.context.close()])

      const admin = await Agent.signIn(browser, 'admin@lotus.demo', look)
      await admin.page.goto('/admin/words')
      const word = `demo${Math.random().toString(36).slice(2, 8)}`
      await admin.page.locator('input[name=text]').fill(word)
      await admin.page.locator('button[type=submit]').click()
      await expect(admin.page.getByRole('cell', { name: word, exact: true })).toBeVisible()
      await inspect(admin.page, `words-${name}`)
      await admin.context.close()
    })
  }
}
