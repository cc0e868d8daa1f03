import type pg from 'pg'

/** One row. Names come from our own code, never from outside. */
export async function insert(client: pg.ClientBase, table: string, row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row)
  const names = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  const places = columns.map((_, index) => `$${index + 1}`).join(', ')
  await client.query(`INSERT INTO ${client.escapeIdentifier(table)} (${names}) VALUES (${places})`, Object.values(row))
}
