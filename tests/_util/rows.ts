import { run } from './postgres.ts'

/** Every row of a merchant, as text, by table. A table that is added later is among them. */
export async function rowsOf(url: string, merchantId: string): Promise<Record<string, string[]>> {
  const tables = await run<{ name: string }>(
    url,
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'merchant_id' ORDER BY 1`,
  )
  const found: Record<string, string[]> = {}
  const select = async (name: string, from: string) => {
    const rows = await run<{ row: string }>(url, `SELECT r::text AS row FROM ${from} ORDER BY 1`, [merchantId])
    found[name] = rows.map(({ row }) => row)
  }
  for (const { name } of tables) await select(name, `"${name}" r WHERE r.merchant_id = $1`)
  await select('merchant', 'merchant r WHERE r.id = $1')
  await select('user', '"user" r WHERE r.id IN (SELECT user_id FROM membership WHERE merchant_id = $1)')
  return found
}
