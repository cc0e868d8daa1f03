import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
let copy: string

/** A copy of the packages, in which a violation can be planted. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'waggle-imports-'))
  for (const name of ['packages', 'tsconfig.json', '.dependency-cruiser.cjs', 'package.json']) {
    await cp(join(root, name), join(copy, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
})
afterAll(() => rm(copy, { recursive: true, force: true }))

async function violations(): Promise<string> {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [bin, 'packages/business', 'packages/moderation', '--config', '.dependency-cruiser.cjs']
  return run(process.execPath, args, { cwd: copy }).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  )
}

test('the code as it is passes, and is really read', async () => {
  const report = await violations()
  expect(report).toContain('no dependency violations found')
  expect(Number(/\((\d+) modules/.exec(report)?.[1])).toBeGreaterThan(20)
})

test('a planted import of the database from the business layer is reported', async () => {
  await writeFile(join(copy, 'packages/business/src/planted.ts'), "import 'pg'\nexport const planted = 1\n")
  const report = await violations()
  expect(report).toContain('business-knows-no-infrastructure: packages/business/src/planted.ts')
  await rm(join(copy, 'packages/business/src/planted.ts'))
})

test('a planted import from a leaf is reported', async () => {
  const planted = join(copy, 'packages/moderation/src/planted.ts')
  await writeFile(planted, "export * from '../../business/src/index.ts'\n")
  expect(await violations()).toContain('moderation-is-a-leaf: packages/moderation/src/planted.ts')
  await rm(planted)
})
