import type { CardBody } from '@waggle/shared'

const product = (
  id: string,
  title: string,
  subtitle: string,
  price: string,
  image: string,
  shop: string,
): CardBody => ({
  card: 'product',
  id,
  title,
  subtitle,
  price,
  imageUrl: `/demo/${image}.svg`,
  url: `/shop/${shop}#${id}`,
})

export const products = {
  guilin: product(
    'lotus-guilin',
    '桂林漓江山水 4 日',
    '两江四湖夜游 · 20 人小团',
    '¥2,680 起',
    'lotus-guilin',
    'lotus-tours',
  ),
  silkroad: product(
    'lotus-silkroad',
    '丝绸之路 9 日',
    '西安 · 敦煌 · 吐鲁番',
    '¥6,980 起',
    'lotus-silkroad',
    'lotus-tours',
  ),
  tibet: product(
    'lotus-tibet',
    'Tibet by rail, 8 days',
    'Xining to Lhasa, small group',
    '¥7,450',
    'lotus-tibet',
    'lotus-tours',
  ),
  suite: product(
    'harbor-suite',
    'Harbour View Suite',
    '48 m², breakfast for two',
    'HK$2,180 / night',
    'harbor-suite',
    'harbor-hotels',
  ),
  pool: product(
    'harbor-pool',
    'Rooftop Pool Weekend',
    'Two nights, late check-out',
    'HK$3,600',
    'harbor-pool',
    'harbor-hotels',
  ),
  ryokan: product(
    'harbor-ryokan',
    '京都温泉旅馆 2 晚',
    '一泊二食 · 私人汤屋',
    '¥5,280',
    'harbor-ryokan',
    'harbor-hotels',
  ),
} satisfies Record<string, CardBody>
