import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { WordsPage } from '../../../../features/words/words-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('words'))('title') }
}

export default function Page() {
  return <WordsPage />
}
