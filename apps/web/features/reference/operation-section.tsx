import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { curlExample } from './curl-example.ts'
import { type Method, type Operation, schemaIn } from './openapi.ts'
import { typeOf } from './schema-fields.ts'
import { FieldTable, SchemaTable } from './schema-table.tsx'

const colours: Record<Method, string> = {
  get: 'text-blue',
  post: 'text-green',
  put: 'text-amber',
  patch: 'text-amber',
  delete: 'text-red',
}

/** The method of an operation, in the colour it has everywhere on the page. */
export function MethodName({ method, className }: { method: Method; className?: string }) {
  return <span className={clsx('font-mono text-xs font-semibold uppercase', colours[method], className)}>{method}</span>
}

/** One operation: what it takes, what it answers, and a command that tries it. */
export function OperationSection({ operation, origin }: { operation: Operation; origin: string }) {
  const t = useTranslations('reference')
  const { method, path, anchor, summary, description, parameters = [], requestBody, responses } = operation
  const body = schemaIn(requestBody?.content)
  const name = `${method.toUpperCase()} ${path}`
  return (
    <article id={anchor} aria-labelledby={`${anchor}-title`} className="scroll-mt-6 border-t border-line pt-6">
      <h3 id={`${anchor}-title`} className="flex flex-wrap items-baseline gap-x-3">
        <MethodName method={method} />
        <a href={`#${anchor}`} className="font-mono text-sm font-semibold break-all hover:underline">
          {path}
        </a>
      </h3>
      {summary && <p className="mt-2">{summary}</p>}
      {description && <p className="mt-1 text-ink-2">{description}</p>}
      {parameters.length > 0 && (
        <Part title={t('parameters')}>
          <FieldTable
            label={`${t('parameters')}: ${name}`}
            fallback=""
            fields={parameters.map((parameter) => ({
              path: parameter.name,
              type: `${typeOf(parameter.schema)} · ${parameter.in}`,
              required: parameter.required ?? false,
              description: parameter.description ?? parameter.schema.description,
            }))}
          />
        </Part>
      )}
      {body && (
        <Part title={t('body')}>
          <SchemaTable label={`${t('body')}: ${name}`} schema={body} />
        </Part>
      )}
      <Part title={t('responses')}>
        <div className="flex flex-col gap-1.5">
          {Object.entries(responses).map(([status, response]) => (
            <Answer key={status} name={name} status={status} response={response} />
          ))}
        </div>
      </Part>
      <Part title={t('example')}>
        <pre tabIndex={0} className="overflow-x-auto rounded-sm bg-sunken p-3 font-mono text-xs leading-relaxed">
          <code>{curlExample(operation, origin)}</code>
        </pre>
      </Part>
    </article>
  )
}

/** What Fastify writes when nobody described an answer. */
const UNDESCRIBED = 'Default Response'

function Answer({
  name,
  status,
  response: { description, content },
}: {
  name: string
  status: string
  response: Operation['responses'][string]
}) {
  const schema = schemaIn(content)
  const line = (
    <>
      <span className="font-mono text-xs font-semibold">{status}</span>
      {description !== UNDESCRIBED && <span className="ml-3 text-list text-ink-2">{description}</span>}
    </>
  )
  // Every refusal has the same form, which the catalogue below describes.
  if (!schema || Number(status) >= 400) return <p className="px-3 py-1">{line}</p>
  return (
    <details className="rounded-sm border border-line">
      <summary className="cursor-pointer px-3 py-1.5">{line}</summary>
      <div className="border-t border-line p-3">
        <SchemaTable label={`${status}: ${name}`} schema={schema} />
      </div>
    </details>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-4">
      <h4 className="mb-1.5 text-xs font-semibold text-ink-3">{title}</h4>
      {children}
    </div>
  )
}
