import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Preferences } from '../../components/preferences.tsx'
import { Face } from '../../components/ui/face.tsx'
import { Mark } from '../../components/ui/mark.tsx'
import { env } from '../../env.ts'
import { Contents } from '../../features/reference/contents.tsx'
import { ErrorCatalogue } from '../../features/reference/error-catalogue.tsx'
import { operationsByTag } from '../../features/reference/openapi.ts'
import { OperationSection } from '../../features/reference/operation-section.tsx'
import { apiDescription } from '../../server/api-description.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reference'))('title') }
}

export default async function ReferencePage() {
  const [t, description] = await Promise.all([getTranslations('reference'), apiDescription()])
  const groups = description ? operationsByTag(description) : []
  const origin = new URL(env.webPublicUrl).origin
  return (
    <div className="mx-auto max-w-6xl px-5 pb-16">
      <header className="flex flex-wrap items-center justify-between gap-4 py-6">
        <a href="/" className="flex items-center gap-2.5 text-lg font-semibold">
          <Mark className="size-8" /> Waggle
        </a>
        <Preferences />
      </header>
      <div className="grid gap-x-12 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <Contents groups={groups} />
        <main id="main" className="flex min-w-0 flex-col gap-12 py-8">
          <div>
            <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
            <p className="mt-2 text-ink-2">{t('lead')}</p>
          </div>
          {!description && <Face title={t('unreachable')} />}
          {groups.map(([tag, operations]) => (
            <section key={tag} aria-labelledby={sectionId(tag)} className="flex flex-col gap-8">
              <h2 id={sectionId(tag)} className="text-lg font-semibold">
                {tag}
              </h2>
              {operations.map((operation) => (
                <OperationSection key={operation.anchor} operation={operation} origin={origin} />
              ))}
            </section>
          ))}
          <ErrorCatalogue />
        </main>
      </div>
    </div>
  )
}

const sectionId = (tag: string) => `tag-${tag.toLowerCase().replaceAll(' ', '-')}`
