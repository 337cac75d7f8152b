import { spawnSync } from 'node:child_process'
import { cpSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addFiles, temporaryFolder } from '../support/temporary-folder.ts'

interface Report {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[]
  }
}

const value = (path: string): string => `import { x } from '${path}'\nexport const y = x\n`
const type = (path: string): string => `import type { x } from '${path}'\nexport type Y = x\n`

/** One file that breaks each rule, and what stands beside it. */
const breaches: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'nothing-goes-in-circles': { 'src/store/one.ts': value('./two.ts'), 'src/store/two.ts': value('./one.ts') },
  'nothing-is-unresolved': { 'src/store/lost.ts': value('./nowhere.ts') },
  'domain-knows-itself-alone': { 'src/domain/a.ts': type('../desk/ports.ts') },
  'kernel-is-the-floor': { 'src/domain/kernel/a.ts': type('../book.ts') },
  'decimal-lives-in-money': { 'src/domain/b.ts': type('decimal.js') },
  'extensions-are-strangers': { 'src/domain/governor/gate/a.ts': value('../brakes/b.ts') },
  'extensions-enter-through-their-registry': { 'src/domain/c.ts': value('./governor/brakes/b.ts') },
  'contract-stands-alone': { 'src/contract/a.ts': type('../domain/book.ts') },
  'desk-knows-domain-and-contract': { 'src/desk/a.ts': value('../store/open.ts') },
  'store-implements-ports': { 'src/store/a.ts': type('../desk/size.ts') },
  'importers-implement-ports': { 'src/importers/a.ts': type('../desk/size.ts') },
  'brokers-and-feeds-implement-ports': {
    'src/brokers/a.ts': type('../desk/size.ts'),
    'src/feeds/a.ts': type('../brokers/ok.ts'),
  },
  'sqlite-lives-in-the-store': { 'src/host/a.ts': type('better-sqlite3') },
  'hosts-know-desk-and-contract': { 'src/host/b.ts': value('../store/open.ts') },
  'commands-know-desk-contract-and-host': { 'src/cli/a.ts': value('../store/open.ts') },
  'ui-knows-the-contract': { 'src/ui/a.ts': type('../domain/book.ts') },
  'ui-takes-only-types-of-the-contract': { 'src/ui/b.ts': value('../contract/sizing.ts') },
  'ui-runs-in-a-browser': { 'src/ui/c.ts': value('node:fs') },
  'rings-have-no-node': { 'src/desk/b.ts': value('node:fs') },
  'electron-lives-in-electron': { 'src/host/c.ts': type('electron') },
  'the-wire-has-two-ends': { 'src/desk/c.ts': type('@orpc/server') },
  'product-never-imports-tests': { 'src/store/b.ts': type('../../test/fake.ts') },
  'the-host-runs-on-its-dependencies': { 'src/host/d.ts': value('fast-check') },
}

/** What the rules allow, one of each kind that is near a rule. */
const allowed = {
  'src/domain/kernel/money.ts': value('decimal.js'),
  'src/domain/book.ts': value('./kernel/money.ts'),
  'src/domain/governor/brakes/b.ts': value('../../kernel/money.ts'),
  'src/domain/governor/registry.ts': value('./brakes/b.ts'),
  'src/contract/sizing.ts': value('zod'),
  'src/desk/ports.ts': type('../domain/book.ts'),
  'src/desk/size.ts': value('../contract/sizing.ts'),
  'src/store/open.ts': `${type('../desk/ports.ts')}export { x } from 'better-sqlite3'\n`,
  'src/importers/ok.ts': type('../desk/ports.ts'),
  'src/brokers/ok.ts': type('../desk/ports.ts'),
  'src/host/open-desk.ts': value('../store/open.ts'),
  'src/host/router.ts': value('@orpc/server'),
  'src/cli/main.ts': value('../store/open.ts'),
  'src/ui/rpc.ts': `${type('../contract/sizing.ts')}export { z } from '@orpc/client'\n`,
  'electron/main.ts': value('../src/store/open.ts'),
  'test/fake.ts': value('../src/store/open.ts'),
}

function violations(files: Readonly<Record<string, string>>): Report['summary']['violations'] {
  const folder = temporaryFolder({ ...allowed, ...files })
  for (const name of ['package.json', 'tsconfig.json']) cpSync(name, join(folder, name))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  addFiles(folder, {})
  const words = [
    '--config',
    resolve('test/architecture/layers.cjs'),
    '--output-type',
    'json',
    'src',
    'electron',
    'test',
  ]
  const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const run = spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 })
  return (JSON.parse(run.stdout) as Report).summary.violations
}

describe('the rules of who may know whom', () => {
  it('let through what is as it should be', () => expect(violations({})).toEqual([]))

  it('each see their breach', async () => {
    const found = violations(Object.assign({}, ...Object.values(breaches)) as Record<string, string>)
    for (const [rule, files] of Object.entries(breaches)) {
      const names = found.filter(({ from }) => from in files).map(({ rule: { name } }) => name)
      expect(names, `the breach of ${rule}`).toContain(rule)
    }
    const { forbidden } = (await import('./layers.cjs')) as { forbidden: { name: string }[] }
    expect(Object.keys(breaches).sort()).toEqual(forbidden.map(({ name }) => name).sort())
  })
})
