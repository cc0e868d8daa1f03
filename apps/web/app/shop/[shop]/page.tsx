import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { ShopPage } from '../../../features/shop/shop-page.tsx'
import { shops } from '../../../features/shop/shops.ts'

type Params = { params: Promise<{ shop: string }> }

async function shopOf({ params }: Params) {
  const { shop: slug } = await params
  return shops.find((shop) => shop.slug === slug) ?? notFound()
}

export async function generateMetadata(props: Params): Promise<Metadata> {
  const [shop, locale] = await Promise.all([shopOf(props), getLocale()])
  return { title: { absolute: shop.name[locale] } }
}

export default async function Page(props: Params) {
  const [shop, head] = await Promise.all([shopOf(props), headers()])
  return (
    <>
      <ShopPage shop={shop} />
      <script async src="/widget/loader.js" data-merchant={shop.merchantKey} nonce={head.get('x-nonce') ?? ''} />
    </>
  )
}
