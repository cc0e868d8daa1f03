import { expect, test } from '@playwright/test'
import { Agent, type Look, place, Traveler, unique } from './people.ts'

const looks: (Look & { name: string; read: string; delivered: string })[] = [
  { name: 'English, desktop', language: 'en', width: 1280, read: 'Read', delivered: 'Delivered' },
  { name: 'Chinese, phone', language: 'zh-CN', width: 390, read: '已读', delivered: '已送达' },
]

for (const look of looks) {
  test(`${look.name}: a traveler asks, the agent answers, both see ticks, a reload keeps it`, async ({ browser }) => {
    const agent = await Agent.signIn(browser, 'maya@harbor.demo', look)
    const traveler = await Traveler.visit(browser, 'harbor-hotels', look)
    const [question, answer] = [unique('Is there a family room?'), unique('有的,还剩两间。')]

    await traveler.openChat()
    await traveler.write(question)
    await expect(traveler.bubble(question)).toBeVisible()
    await expectDifferentWorkers()
    // Other tests sign in others of this merchant, who may be given it.
    await agent.page.goto('/inbox?view=all')
    await agent.openThread(question)
    await expect(agent.bubble(question)).toBeVisible()
    await expect(traveler.bubble(question).getByRole('img', { name: look.read })).toBeVisible()

    await traveler.composer.pressSequentially('and')
    await expect(agent.page.getByText(/typing|正在输入/)).toBeVisible()
    await agent.reply(answer)
    await expect(traveler.bubble(answer)).toBeVisible()
    await expect(agent.bubble(answer).getByRole('img', { name: look.read })).toBeVisible()

    await agent.page.reload()
    await expect(agent.bubble(answer)).toBeVisible()
    await traveler.page.reload()
    await traveler.openChat()
    await expect(traveler.bubble(question)).toBeVisible()
    await expect(traveler.bubble(answer)).toBeVisible()
    await Promise.all([agent.context.close(), traveler.context.close()])
  })
}

test('a second tab of the agent and of the traveler stays in step', async ({ browser }) => {
  const agent = await Agent.signIn(browser, 'ben@lotus.demo')
  const traveler = await Traveler.visit(browser, 'lotus-tours')
  const question = unique('Two tabs?')
  await traveler.openChat()
  await traveler.write(question)
  await agent.openThread(question)

  const secondTraveler = await Traveler.inTab(traveler.context, 'lotus-tours')
  await secondTraveler.openChat()
  await expect(secondTraveler.bubble(question)).toBeVisible()
  const secondPage = await agent.context.newPage()
  await secondPage.goto(agent.page.url())
  const secondLog = secondPage.getByRole('log', { name: 'Conversation', exact: true })
  await expect(secondLog.getByText(question)).toBeVisible()

  const answer = unique('In both')
  await agent.reply(answer)
  await expect(secondLog.getByText(answer)).toBeVisible()
  await expect(secondTraveler.bubble(answer)).toBeVisible()
  await expect(traveler.bubble(answer)).toBeVisible()

  const more = unique('From the second tab')
  await secondTraveler.write(more)
  await expect(traveler.bubble(more)).toBeVisible()
  await expect(agent.bubble(more)).toBeVisible()
  await Promise.all([agent.context.close(), traveler.context.close()])
})

test('an image is sent, seen and opened', async ({ browser }) => {
  const agent = await Agent.signIn(browser, 'ben@lotus.demo')
  const traveler = await Traveler.visit(browser, 'lotus-tours')
  const hello = unique('Here is my ticket')
  await traveler.openChat()
  await traveler.write(hello)
  await agent.openThread(hello)
  await traveler.chat
    .locator('input[type=file]')
    .setInputFiles({ name: 'ticket.png', mimeType: 'image/png', buffer: png() })
  await expect(traveler.log.getByRole('img', { name: 'ticket.png' })).toBeVisible()
  const image = agent.log.getByRole('button', { name: 'Image ticket.png' })
  await expect(image).toBeVisible()
  await image.click()
  await expect(agent.page.getByRole('dialog').getByRole('img')).toBeVisible()
  await Promise.all([agent.context.close(), traveler.context.close()])
})

test('history is loaded upwards without a jump', async ({ browser, request }) => {
  const thread = unique('Long thread')
  const headers = { authorization: 'Bearer wgk_demo_lotus_0000000000000000000000000000' }
  const from = { traveler: { externalId: thread, name: thread } }
  for (let i = 1; i <= 70; i++) {
    const data = { from, kind: 'text', body: { text: `${thread} no. ${i}.` }, clientId: crypto.randomUUID() }
    expect((await request.post(`${place().apiUrl}/v1/messages`, { headers, data })).status()).toBe(201)
  }
  const agent = await Agent.signIn(browser, 'admin@lotus.demo')
  await agent.page.goto('/inbox?view=all')
  await agent.openThread(thread)
  await expect(agent.bubble('no. 70.')).toBeVisible()
  await expect(agent.bubble('no. 1.')).toHaveCount(0)
  await agent.log.locator('xpath=..').evaluate((element) => element.scrollTo(0, 0))
  await expect(agent.bubble('no. 1.')).toHaveCount(1)
  // What was in sight when the page came is still near the top of the screen, not far below.
  await expect(agent.bubble('no. 70.')).not.toBeInViewport()
  await agent.page.getByRole('button', { name: 'Jump to the latest' }).click()
  await expect(agent.bubble('no. 70.')).toBeInViewport()
  await agent.context.close()
})

test('[MOD1] a word is blocked and masked as soon as the administrator says so', async ({ browser }) => {
  const admin = await Agent.signIn(browser, 'admin@harbor.demo')
  const traveler = await Traveler.visit(browser, 'harbor-hotels')
  await traveler.openChat()
  await traveler.write(unique('hello'))
  await admin.page.goto('/admin/words')
  const [blocked, masked] = [unique('privatepay').replace(' ', ''), unique('rascal').replace(' ', '')]
  for (const [word, action] of [
    [blocked, 'Block'],
    [masked, 'Mask'],
  ] as const) {
    await admin.page.getByRole('textbox', { name: 'Word or phrase' }).fill(word)
    await admin.page.getByRole('combobox', { name: 'What happens', exact: true }).selectOption(action)
    await admin.page.getByRole('button', { name: 'Add word' }).click()
    await expect(admin.page.getByRole('cell', { name: word, exact: true })).toBeVisible()
  }
  const text = `please use ${blocked}`
  await traveler.write(text)
  await expect(traveler.bubble(text).getByText(/words that cannot be sent/)).toBeVisible()
  await traveler.bubble(text).getByRole('button', { name: 'Discard' }).click()
  await expect(traveler.composer).toHaveValue(text)
  await traveler.write(`you ${masked}!`)
  await expect(traveler.bubble(`you ${'*'.repeat(masked.length)}!`)).toBeVisible()
  await Promise.all([admin.context.close(), traveler.context.close()])
})

test('two agents claim: the second reads who was faster', async ({ browser, request }) => {
  const question = unique('Who takes me?')
  const headers = { authorization: 'Bearer wgk_demo_lotus_0000000000000000000000000000' }
  const [lin, zhou] = await Promise.all([
    Agent.signIn(browser, 'lin@lotus.demo'),
    Agent.signIn(browser, 'zhou@lotus.demo'),
  ])
  // Both are away, so that it waits for somebody to take it.
  for (const { page } of [lin, zhou]) {
    await page.getByRole('button', { name: /^Account/ }).click()
    await page.getByText('Away', { exact: true }).click()
    await page.keyboard.press('Escape')
    await page.goto('/inbox?view=unassigned')
  }
  const data = { from: { traveler: { externalId: question } }, kind: 'text', body: { text: question } }
  const sent = await request.post(`${place().apiUrl}/v1/messages`, {
    headers: { ...headers, 'idempotency-key': question },
    data,
  })
  const { message } = await sent.json()
  for (const { page } of [lin, zhou]) await page.goto(`/inbox/${message.conversationId}`)
  // Zhou clicks first, but his request is held until Lin has the conversation.
  await zhou.page.route('**/claim', async (route) => {
    await expect(lin.page.getByText('Assigned to you')).toBeVisible()
    await route.continue()
  })
  await zhou.page.getByRole('button', { name: 'Take it' }).click()
  await lin.page.getByRole('button', { name: 'Take it' }).click()
  await expect(zhou.page.getByText(/^Taken by 林悦/)).toBeVisible()
  for (const { page } of [lin, zhou]) {
    await page.getByRole('button', { name: /^Account/ }).click()
    await page.getByText('Online', { exact: true }).click()
    await expect(page.getByRole('button', { name: /Online/ })).toBeVisible()
  }
  await Promise.all([lin.context.close(), zhou.context.close()])
})

/** The front address gives connections to the workers in turn; both hold somebody. */
async function expectDifferentWorkers(): Promise<void> {
  await expect
    .poll(async () => {
      const texts = await Promise.all(place().workerMetrics.map(async (url) => (await fetch(url)).text()))
      return texts.every((text) => /waggle_connections\{kind="(agent|traveler)"\} [1-9]/.test(text))
    })
    .toBe(true)
}

/** One red pixel. */
function png(): Buffer {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
    'base64',
  )
}
