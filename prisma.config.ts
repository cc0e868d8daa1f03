import { defineConfig } from 'prisma/config'

const url = process.env.DATABASE_URL

/** For Prisma's own commands, such as `npx prisma migrate deploy`. Waggle itself needs none of them to run. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
})
