'use client'

import { useTranslations } from 'next-intl'
import { Button } from '../components/ui/button.tsx'
import { Face } from '../components/ui/face.tsx'

export default function ErrorPage({ reset }: { reset: () => void }) {
  const t = useTranslations('common')
  return (
    <main id="main" className="h-dvh">
      <Face title={t('somethingWrong')} hint={t('somethingWrongHint')}>
        <Button look="primary" onClick={reset}>
          {t('retry')}
        </Button>
      </Face>
    </main>
  )
}
