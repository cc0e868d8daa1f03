import type { CardBody } from '@waggle/shared'
import { products } from './products.ts'

export interface DemoThread {
  merchant: 'lotus' | 'harbor'
  traveler: { name: string; locale: string; externalId?: string }
  /** E-mail of the assignee; a thread without one waits. */
  agent?: string
  status?: 'open' | 'resolved'
  subject?: CardBody
  /** When the first message was written. */
  minutesAgo: number
  /** Last messages that the assignee has not read. */
  unread?: number
  messages: DemoMessage[]
}
type DemoMessage = { from: 'traveler' | 'agent'; kind?: 'text' | 'note' | 'card'; body: object }

const traveler = (text: string): DemoMessage => ({ from: 'traveler', body: { text } })
const agent = (text: string): DemoMessage => ({ from: 'agent', body: { text } })
const note = (text: string): DemoMessage => ({ from: 'agent', kind: 'note', body: { text } })
const card = (from: DemoMessage['from'], body: CardBody): DemoMessage => ({ from, kind: 'card', body })
const order = (id: string, title: string, fields: [string, string][]): CardBody => ({
  card: 'order',
  id,
  title,
  fields: fields.map(([label, value]) => ({ label, value })),
})

const lin = 'lin@lotus.demo'
const ben = 'ben@lotus.demo'
const zhou = 'zhou@lotus.demo'
const maya = 'maya@harbor.demo'
const he = 'he@harbor.demo'
const tom = 'tom@harbor.demo'

export const threads: DemoThread[] = [
  {
    merchant: 'lotus',
    traveler: { name: '王芳', locale: 'zh-CN', externalId: 'lotus-user-1001' },
    agent: lin,
    subject: products.guilin,
    minutesAgo: 26,
    unread: 2,
    messages: [
      card('traveler', products.guilin),
      traveler('你好,12 月 5 日这个团还有名额吗?我们 2 大 1 小。'),
      agent('王女士您好!12 月 5 日还有 6 个名额。小朋友多大呢?1.2 米以下不占床可以减 600 元。'),
      traveler('7 岁,1 米 18。'),
      agent('那就按不占床算,三位一共 ¥7,360,含两江四湖夜游和全程早餐。'),
      traveler('好的。漓江游船是四星船吗?'),
      traveler('另外桂林北站接站可以约下午 4 点吗?'),
    ],
  },
  {
    merchant: 'lotus',
    traveler: { name: 'Oliver Brandt', locale: 'en', externalId: 'lotus-user-1002' },
    agent: ben,
    subject: products.tibet,
    minutesAgo: 74,
    unread: 1,
    messages: [
      traveler('Hi! Is the Tibet permit included in the rail tour?'),
      agent(
        'Hello Oliver. Yes, we apply for the permit for you. It takes about 20 days, and we need a photo of your passport and visa.',
      ),
      traveler('Great. I am a bit worried about the altitude on the first day.'),
      agent('The train climbs slowly and there is extra oxygen at every seat. Day one in Lhasa is kept free for rest.'),
      note('Asked for a lower bunk, told him we request it but cannot promise.'),
      traveler('That sounds good. Could I get a vegetarian meal on the train?'),
    ],
  },
  {
    merchant: 'lotus',
    traveler: { name: '李明', locale: 'zh-CN', externalId: 'lotus-user-1003' },
    agent: zhou,
    subject: products.silkroad,
    minutesAgo: 190,
    messages: [
      traveler('丝绸之路 9 日,莫高窟的 A 类票包含吗?'),
      agent('包含的,A 类票我们提前 30 天抢,抢不到会退差价并改 B 类。'),
      card(
        'agent',
        order('LT-20261123-0098', '丝绸之路 9 日 · 订单', [
          ['出发', '2026-12-18 西安'],
          ['人数', '2 成人'],
          ['状态', '已付定金'],
        ]),
      ),
      traveler('收到,尾款月底前付可以吗?'),
      agent('可以,出发前 7 天付清即可。'),
    ],
  },
  {
    merchant: 'lotus',
    traveler: { name: 'Guest 7F2C', locale: 'en' },
    minutesAgo: 6,
    subject: products.guilin,
    messages: [traveler('Hello, do you have an English-speaking guide for the Li River tour?')],
  },
  {
    merchant: 'lotus',
    traveler: { name: '访客 A3D9', locale: 'zh-CN' },
    minutesAgo: 3,
    messages: [traveler('请问可以开发票吗?'), traveler('公司团建,大概 25 个人,想包车。')],
  },
  {
    merchant: 'lotus',
    traveler: { name: 'Sofia Almeida', locale: 'en', externalId: 'lotus-user-1004' },
    agent: ben,
    status: 'resolved',
    minutesAgo: 1_500,
    messages: [
      traveler('Can I change the departure date of my Guilin tour from the 2nd to the 9th?'),
      agent('Of course. It is changed, and there is nothing to pay.'),
      traveler('Wonderful, thank you!'),
    ],
  },
  {
    merchant: 'harbor',
    traveler: { name: 'Hannah Lee', locale: 'en', externalId: 'harbor-guest-501' },
    agent: maya,
    subject: products.suite,
    minutesAgo: 41,
    unread: 1,
    messages: [
      card('traveler', products.suite),
      traveler('We land at 6 am on Saturday. Is an early check-in possible?'),
      agent(
        'Good morning Hannah! We can have the suite ready by 9. Until then the lounge on level 3 with showers is yours.',
      ),
      traveler('Perfect. Is breakfast in the lounge included on that first morning as well?'),
    ],
  },
  {
    merchant: 'harbor',
    traveler: { name: '赵一凡', locale: 'zh-CN', externalId: 'harbor-guest-502' },
    agent: he,
    subject: products.ryokan,
    minutesAgo: 120,
    messages: [
      traveler('温泉旅馆可以带婴儿吗?'),
      agent('可以的,我们准备婴儿床和辅食。私人汤屋水温可以调到 38 度。'),
      traveler('太好了,那我预订 1 月 10 日两晚。'),
      card(
        'agent',
        order('HH-88213', '京都温泉旅馆 2 晚', [
          ['入住', '2027-01-10'],
          ['房型', '和室 · 私人汤屋'],
          ['取消', '入住前 5 天免费'],
        ]),
      ),
    ],
  },
  {
    merchant: 'harbor',
    traveler: { name: 'Marc Dubois', locale: 'en', externalId: 'harbor-guest-503' },
    agent: tom,
    subject: products.pool,
    minutesAgo: 300,
    messages: [
      traveler('Is the rooftop pool heated in December?'),
      agent('It is, to 28 °C, and open until 22:00.'),
      note('VIP: fifth stay this year, offered the late check-out.'),
      traveler('Then I will book the weekend. Thanks, Tom.'),
    ],
  },
  {
    merchant: 'harbor',
    traveler: { name: 'Guest 19BE', locale: 'en' },
    minutesAgo: 9,
    subject: products.suite,
    messages: [traveler('Do you have parking for a camper van?')],
  },
]
