import { errorCatalogue } from '@waggle/shared/errors'
import { useTranslations } from 'next-intl'

/** Every error that the API and the sockets answer. */
export function ErrorCatalogue() {
  const t = useTranslations('reference')
  return (
    <section id="errors" aria-labelledby="errors-title" className="scroll-mt-6">
      <h2 id="errors-title" className="text-lg font-semibold">
        {t('errors')}
      </h2>
      <p className="mt-1 mb-4 text-ink-2">{t('errorsLead')}</p>
      <section aria-labelledby="errors-title" className="overflow-x-auto" tabIndex={0}>
        <table className="w-full text-left text-list">
          <thead className="text-xs text-ink-3">
            <tr className="border-b border-line">
              <th scope="col" className="py-1.5 pr-4 font-semibold">
                {t('code')}
              </th>
              <th scope="col" className="py-1.5 pr-4 font-semibold">
                {t('status')}
              </th>
              <th scope="col" className="py-1.5 pr-4 font-semibold">
                {t('meaning')}
              </th>
              <th scope="col" className="py-1.5 font-semibold whitespace-nowrap">
                {t('retryable')}
              </th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(errorCatalogue).map(([code, { status, title, retryable }]) => (
              <tr key={code} className="border-b border-line align-top">
                <th scope="row" className="py-1.5 pr-4 font-mono text-xs font-normal">
                  {code}
                </th>
                <td className="tabular py-1.5 pr-4">{status}</td>
                <td className="py-1.5 pr-4">{title}</td>
                <td className="py-1.5">{retryable ? t('yes') : t('no')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
