import { notFound } from 'next/navigation'
import { ConversationPage } from '../../../../components/conversation-page.tsx'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!UUID.test(id)) notFound()
  return <ConversationPage key={id} id={id} />
}
