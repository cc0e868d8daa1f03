'use client'

import type { CardBody } from '@waggle/shared'
import { useState } from 'react'

/** A product, an order or a trip. */
export function Card({ card }: { card: CardBody }) {
  const [broken, setBroken] = useState(false)
  return (
    <div className="w-64 max-w-full overflow-hidden rounded-sm border border-line bg-raised">
      {card.imageUrl && !broken && (
        <img
          src={card.imageUrl}
          alt=""
          onError={() => setBroken(true)}
          className="h-28 w-full bg-sunken object-cover"
        />
      )}
      <div className="px-3 py-2.5">
        <p className="font-semibold">
          {card.url ? (
            <a href={card.url} target="_blank" rel="noopener noreferrer" className="hover:underline">
              {card.title}
            </a>
          ) : (
            card.title
          )}
        </p>
        {card.subtitle && <p className="text-list text-ink-2">{card.subtitle}</p>}
        {card.price && <p className="tabular mt-1 text-list font-semibold">{card.price}</p>}
        {card.fields && (
          <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-list">
            {card.fields.map(({ label, value }) => (
              <div key={label} className="contents">
                <dt className="text-ink-3">{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </div>
  )
}
