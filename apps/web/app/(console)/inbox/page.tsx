import { getTranslations } from 'next-intl/server'
import { Face } from '../../../components/ui/face.tsx'
import { Mark } from '../../../components/ui/mark.tsx'

export default async function InboxPage() {
  const t = await getTranslations('inbox')
  return <Face icon={<Mark className="size-10" />} title={t('choose')} hint={t('chooseHint')} />
}
