import { redirect } from 'next/navigation'
import { shops } from '../../features/shop/shops.ts'

export default function Page() {
  redirect(`/shop/${shops[0]?.slug}`)
}
