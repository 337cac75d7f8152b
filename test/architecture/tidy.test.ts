import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const longest = 250

interface Source {
  readonly path: string
  readonly text: string
}

function sourcesIn(folder: string): Source[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.name.startsWith('.')) return []
    if (entry.isDirectory()) return sourcesIn(path)
    return /\.(ts|mjs|cjs|svelte|css|html|yaml|yml|sql)$/.test(entry.name)
      ? [{ path, text: readFileSync(path, 'utf8') }]
      : []
  })
}

const product = [...sourcesIn('src'), ...sourcesIn('electron')]
const tests = sourcesIn('test')
const everything = [...product, ...tests]
const isCode = ({ path }: Source): boolean => /\.(ts|mjs|cjs|svelte)$/.test(path)
const paths = (sources: readonly Source[]): string[] => sources.map(({ path }) => path)

/** Folders of extensions and the registry of each: one file is one entry, and says its file's name as its id. */
const registries = [
  { folder: 'src/domain/sizing/methods', registry: 'src/domain/sizing/registry.ts' },
  { folder: 'src/domain/governor/scalers', registry: 'src/domain/governor/registry.ts' },
  { folder: 'src/domain/governor/brakes', registry: 'src/domain/governor/registry.ts' },
  { folder: 'src/domain/governor/ceilings', registry: 'src/domain/governor/registry.ts' },
  { folder: 'src/domain/governor/gate', registry: 'src/domain/governor/registry.ts' },
  { folder: 'src/domain/regime/sensors', registry: 'src/domain/regime/registry.ts' },
  { folder: 'src/brokers/adapters', registry: 'src/brokers/registry.ts' },
  { folder: 'src/feeds/adapters', registry: 'src/feeds/registry.ts' },
  { folder: 'src/importers/formats', registry: 'src/importers/registry.ts' },
  { folder: 'src/cli/commands', registry: 'src/cli/registry.ts' },
].filter(({ folder }) => sourcesIn(folder).length > 0)

describe.each(registries)('$folder', ({ folder, registry }) => {
  const stems = readdirSync(folder).map((name) => name.replace(/\.ts$/, ''))

  it('is registered file by file', () => {
    const below = `./${folder.slice(dirname(registry).length + 1)}/`
    const imported = [...readFileSync(registry, 'utf8').matchAll(/from '(\.\/[^']+)\.ts'/g)].flatMap(
      ([, path]) => path ?? [],
    )
    expect(
      imported
        .filter((path) => path.startsWith(below))
        .map((path) => basename(path))
        .sort(),
    ).toEqual(stems.sort())
  })

  it.each(stems)('%s is known by its file name', (stem) => {
    expect(readFileSync(join(folder, `${stem}.ts`), 'utf8')).toMatch(
      new RegExp(`\\b(id|name): '${stem}'|\\(\\s*'${stem}\\b`),
    )
  })
})

it('the migrations are numbered from 0001 without gaps, and registered in that order', () => {
  const folder = 'src/store/migrations'
  const stems = readdirSync(folder)
    .filter((name) => /^\d/.test(name))
    .map((name) => name.replace(/\.(ts|sql)$/, ''))
    .sort()
  expect(stems.length).toBeGreaterThan(0)
  expect(stems.map((stem) => stem.slice(0, 5))).toEqual(
    stems.map((_, index) => `${String(index + 1).padStart(4, '0')}_`),
  )
  const registered = [...readFileSync(`${folder}/registry.ts`, 'utf8').matchAll(/id: '([^']+)'/g)].map(([, id]) => id)
  expect(registered).toEqual(stems)
})

describe('files', () => {
  it(`have at most ${longest} lines`, () => {
    const long = everything.filter(isCode).map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    expect(long.filter(({ lines }) => lines > longest)).toEqual([])
  })

  it('are named in kebab-case, components in PascalCase, extensions by their id', () => {
    const odd = everything.filter(isCode).filter(({ path }) => {
      const name = basename(path).replace(/(\.(test|spec|config|svelte|d))*\.(ts|mjs|cjs|svelte)$/, '')
      const pattern = /\.svelte$/.test(path)
        ? /^[A-Z][A-Za-z0-9]*$/
        : /^([a-z0-9]+(-[a-z0-9]+)*|[a-z0-9]+(_[a-z0-9]+)+)$/
      return !pattern.test(name)
    })
    expect(paths(odd)).toEqual([])
  })

  it('are named for what they hold, not for a drawer', () => {
    const drawers = /(^|[/-])(utils?|helpers?|common|managers?|services?|misc)(\.[a-z.]+$|\/)|\/data(\.[a-z.]+$|\/)/i
    expect(paths(everything).filter((path) => drawers.test(path))).toEqual([])
  })
})

/** What may not be written, where, what to do instead, and a line that breaks it. */
const banned: readonly { where: RegExp; what: RegExp; instead: string; such: string }[] = [
  {
    where: /^src\/domain\//,
    what: /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bsetTimeout\b/,
    instead: 'the domain takes time and chance as arguments',
    such: 'const now = new Date()',
  },
  {
    where: /^src\/(domain|contract|desk|store|importers|host)\//,
    what: /\bconsole\./,
    instead: 'a host logs, a command prints, nothing else speaks',
    such: 'console.log(1)',
  },
  {
    where: /^(src|electron|test)\//,
    what: new RegExp(`\\b(${['T', 'ODO|FIX', 'ME|XX', 'X'].join('')})\\b`),
    instead: 'finish it, or write an issue',
    such: ['// FIX', 'ME later'].join(''),
  },
  {
    where: /^(src|electron)\//,
    what: /['"`](\/(work|tmp|home|root|Users)\/\w|[A-Z]:\\\\Users)/,
    instead: 'no path of one machine is in the program',
    such: "open('/home/trader/books')",
  },
  {
    where: /^(src|electron|test)\//,
    what: new RegExp(['/wor', 'k/'].join('')),
    instead: 'no path of the place it is built in',
    such: ['/wor', 'k/place'].join(''),
  },
  {
    where: /^(src|electron|test)\//,
    what: new RegExp(['@ts-ig', 'nore|@ts-no', 'check'].join('')),
    instead: 'mend the type',
    such: ['// @ts-ig', 'nore'].join(''),
  },
  {
    where: /^(src|electron|test)\//,
    what: new RegExp(['eslint-dis', 'able(?!.*--)'].join('')),
    instead: 'a suppressed warning says why',
    such: ['// eslint-dis', 'able-next-line no-console'].join(''),
  },
  {
    where: /^(src|electron)\/.*(?<!\.d)\.(ts|mjs)$/,
    what: /^export default\b/m,
    instead: 'name the export',
    such: 'export default 1',
  },
  { where: /\.svelte$/, what: /\{@html/, instead: 'text is text', such: '<p>{@html text}</p>' },
  {
    where: /\.svelte$/,
    what: /<[a-z][^>{]*\sstyle="/,
    instead: 'a class, or style:property={…}: the policy forbids style attributes',
    such: '<p class="a" style="color: red">',
  },
  {
    where: /^(src|electron)\/.*\.(ts|mjs|svelte)$/,
    what: /catch\s*(\([^)]*\)\s*)?\{\s*\}/,
    instead: 'no empty catch',
    such: 'try { read() } catch (error) {\n}',
  },
]

describe('the code', () => {
  it.each(banned)('$instead', ({ where, what, such }) => {
    expect(such).toMatch(what)
    expect(paths(everything.filter(({ path, text }) => where.test(path) && what.test(text)))).toEqual([])
  })

  it('is all there: this test reads what it means to', () => {
    for (const folder of [
      'src/domain/',
      'src/contract/',
      'src/desk/',
      'src/store/',
      'src/host/',
      'src/ui/',
      'electron/',
      'test/',
    ]) {
      expect(paths(everything).filter((path) => path.startsWith(folder)).length, folder).toBeGreaterThan(3)
    }
  })
})
