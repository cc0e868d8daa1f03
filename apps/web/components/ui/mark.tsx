/** The mark: the figure eight that a bee dances to tell the others where to fly. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" fill="none">
      <path
        d="M16 16c-3.4-5-6-7-8.7-7A6.6 6.6 0 0 0 1 15.9 6.6 6.6 0 0 0 7.3 23c2.7 0 5.3-2 8.7-7s6-7 8.7-7A6.6 6.6 0 0 1 31 15.9 6.6 6.6 0 0 1 24.7 23c-2.7 0-5.3-2-8.7-7Z"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="16" r="2.6" fill="currentColor" />
    </svg>
  )
}
