import { demoMerchants } from '@waggle/shared/demo'

type Both = { en: string; 'zh-CN': string }

export interface Product {
  id: string
  image: string
  title: Both
  subtitle: Both
  price: string
  facts: Both[]
}
export interface Shop {
  slug: string
  merchantKey: string
  name: Both
  claim: Both
  lead: Both
  products: Product[]
}

const both = (en: string, zh: string): Both => ({ en, 'zh-CN': zh })

/** Two merchants' sites, as far as a demonstration needs them. The ids are those of the seeded threads. */
export const shops: Shop[] = [
  {
    slug: demoMerchants.lotus.slug,
    merchantKey: demoMerchants.lotus.key,
    name: both('Lotus Tours', '莲途旅行'),
    claim: both('Small groups, slow roads', '小团慢行,走进风景'),
    lead: both('Rivers, deserts and high plateaus with people who live there.', '和当地人一起,走过江河、大漠与高原。'),
    products: [
      {
        id: 'lotus-guilin',
        image: '/demo/lotus-guilin.svg',
        title: both('Guilin and the Li River, 4 days', '桂林漓江山水 4 日'),
        subtitle: both('Night cruise included, groups of 20', '两江四湖夜游 · 20 人小团'),
        price: '¥2,680',
        facts: [both('Departs every Friday', '每周五出发'), both('Breakfast and two dinners', '含早餐与两晚正餐')],
      },
      {
        id: 'lotus-silkroad',
        image: '/demo/lotus-silkroad.svg',
        title: both('The Silk Road, 9 days', '丝绸之路 9 日'),
        subtitle: both('Xi’an, Dunhuang, Turpan', '西安 · 敦煌 · 吐鲁番'),
        price: '¥6,980',
        facts: [both('Mogao Caves A ticket', '莫高窟 A 类票'), both('One night in the desert', '一晚沙漠露营')],
      },
      {
        id: 'lotus-tibet',
        image: '/demo/lotus-tibet.svg',
        title: both('Tibet by rail, 8 days', '青藏铁路 8 日'),
        subtitle: both('Xining to Lhasa, small group', '西宁进藏 · 小团'),
        price: '¥7,450',
        facts: [both('Permit arranged', '代办入藏函'), both('Oxygen on board', '列车弥散供氧')],
      },
    ],
  },
  {
    slug: demoMerchants.harbor.slug,
    merchantKey: demoMerchants.harbor.key,
    name: both('Harbor Hotels', '海港酒店'),
    claim: both('Rooms with a view to come back for', '为一扇窗,再来一次'),
    lead: both('City, sea and hot springs, under one roof of care.', '城市、海港与温泉,一样用心。'),
    products: [
      {
        id: 'harbor-suite',
        image: '/demo/harbor-suite.svg',
        title: both('Harbour View Suite', '海港景观套房'),
        subtitle: both('48 m², breakfast for two', '48 平方米 · 双早'),
        price: 'HK$2,180',
        facts: [
          both('Free cancellation until noon before', '前一日中午前免费取消'),
          both('Lounge on level 3', '三层行政酒廊'),
        ],
      },
      {
        id: 'harbor-pool',
        image: '/demo/harbor-pool.svg',
        title: both('Rooftop Pool Weekend', '天际泳池周末'),
        subtitle: both('Two nights, late check-out', '两晚 · 延迟退房'),
        price: 'HK$3,600',
        facts: [both('Heated to 28 °C', '恒温 28 °C'), both('Open until 22:00', '开放至 22:00')],
      },
      {
        id: 'harbor-ryokan',
        image: '/demo/harbor-ryokan.svg',
        title: both('Kyoto Ryokan, 2 nights', '京都温泉旅馆 2 晚'),
        subtitle: both('Two meals a day, private bath', '一泊二食 · 私人汤屋'),
        price: '¥5,280',
        facts: [both('Garden rooms', '庭院和室'), both('Cots for babies', '备有婴儿床')],
      },
    ],
  },
]
