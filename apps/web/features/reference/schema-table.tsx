import { useTranslations } from 'next-intl'
import type { Schema } from './openapi.ts'
import { fieldsOf, type SchemaField, typeOf, variantsOf } from './schema-fields.ts'

/** The fields of a body; one folded table for each form that it can have. */
export function SchemaTable({ label, schema }: { label: string; schema: Schema }) {
  const variants = variantsOf(schema)
  if (!variants) return <FieldTable label={label} fields={fieldsOf(schema)} fallback={typeOf(schema)} />
  return (
    <div className="flex flex-col gap-2">
      {variants.map(({ name, schema: form }, index) => (
        <details key={name} open={index === 0} className="rounded-sm border border-line">
          <summary className="cursor-pointer px-3 py-1.5 font-mono text-xs">{name}</summary>
          <div className="border-t border-line p-1.5">
            <FieldTable label={`${label}, ${name}`} fields={fieldsOf(form)} fallback={typeOf(form)} />
          </div>
        </details>
      ))}
    </div>
  )
}

/** @param fallback said in place of a table where there are no fields. */
export function FieldTable({ label, fields, fallback }: { label: string; fields: SchemaField[]; fallback: string }) {
  const t = useTranslations('reference')
  if (fields.length === 0) return <p className="font-mono text-xs text-ink-2">{fallback}</p>
  return (
    // The region scrolls by itself on a phone, so a keyboard has to reach it.
    <section aria-label={label} className="overflow-x-auto" tabIndex={0}>
      <table className="w-full text-left text-list">
        <caption className="sr-only">{label}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('type')}</th>
            <th scope="col">{t('meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ path, type, required, description }) => (
            <tr key={path} className="border-b border-line align-top last:border-0">
              <th scope="row" className="py-1.5 pr-4 font-mono text-xs font-normal whitespace-nowrap">
                {path}
                {required && <span className="ml-2 font-sans text-amber">{t('required')}</span>}
              </th>
              <td className="py-1.5 pr-4 font-mono text-xs text-ink-2">{type}</td>
              <td className="py-1.5 text-ink-2">{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
