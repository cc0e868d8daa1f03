import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

interface Entry {
  version?: string
  resolved?: string
  link?: boolean
  optionalDependencies?: Record<string, string>
}

const lock = JSON.parse(await readFile(resolve(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>
}

/** Where Node would look for `name` from `from`, nearest first. */
function isLocked(from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (lock.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}

// npm drops the packages of other platforms from a lock file made beside an installed node_modules; `npm ci` then refuses.
test('the lock file names the packages of every platform', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(path, name))
      .map((name) => `${path}: ${name}`),
  )
  expect(missing).toEqual([])
})

test('the lock file names no host but the public registry', () => {
  const hosts = Object.values(lock.packages).flatMap(({ resolved, link }) =>
    resolved && !link ? [new URL(resolved).host] : [],
  )
  expect([...new Set(hosts)].filter((host) => host !== 'registry.npmjs.org')).toEqual([])
})

test('every direct dependency has an exact version', async () => {
  const manifests = Object.keys(lock.packages).filter((path) => !path.includes('node_modules'))
  const loose: string[] = []
  for (const path of manifests) {
    const manifest = JSON.parse(
      await readFile(resolve(import.meta.dirname, '../..', path, 'package.json'), 'utf8'),
    ) as Record<'dependencies' | 'devDependencies', Record<string, string> | undefined>
    for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (!/^\d+\.\d+\.\d+/.test(range) && !name.startsWith('@waggle/')) loose.push(`${path || '.'}: ${name}@${range}`)
    }
  }
  expect(loose).toEqual([])
})
