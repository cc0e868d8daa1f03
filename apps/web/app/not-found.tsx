import { getTranslations } from 'next-intl/server'
import { Face } from '../components/ui/face.tsx'
import { Mark } from '../components/ui/mark.tsx'

export default async function NotFound() {
  const t = await getTranslations('common')
  return (
    <main id="main" className="h-dvh">
      <h1 className="sr-only">{t('notFound')}</h1>
      <Face icon={<Mark className="size-10" />} title={t('notFound')} hint={t('notFoundHint')}>
        <a href="/" className="underline underline-offset-4">
          {t('home')}
        </a>
      </Face>
    </main>
  )
}
