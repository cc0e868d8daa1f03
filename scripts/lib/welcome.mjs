/**
 * What a person needs after a start: where to look and how to sign in.
 * @param {{ webUrl: string, realtimeUrl: string, signIns: { name: string, role: string, merchant: string, email: string, password: string }[] | null }} options
 *   `signIns` is null when the database holds no demo data.
 */
export function welcome({ webUrl, realtimeUrl, signIns }) {
  const demo = [
    ['Shop of Lotus Tours', `${webUrl}/shop/lotus-tours`],
    ['Shop of Harbor Hotels', `${webUrl}/shop/harbor-hotels`],
  ]
  const pages = [
    ['Console', `${webUrl}/inbox`],
    ['API reference', `${webUrl}/reference`],
    ['Realtime', realtimeUrl],
  ]
  const lines = table([...(signIns ? demo : []), ...pages])
  if (signIns?.length) {
    const rows = signIns.map(({ email, password, name, role, merchant }) => [
      email,
      password,
      `${name}, ${role} of ${merchant}`,
    ])
    lines.push('', '  Sign in to the console with', ...table(rows))
  }
  return `\n${lines.join('\n')}\n\n  Ctrl-C stops everything.\n\n`
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] + 2)).join('')}`.trimEnd())
}
