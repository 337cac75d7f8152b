/** Who may know whom. Each rule is a fact about the code; its name is the sentence's subject and verb. */
const ring = (name) => `^src/${name}/`
const ours = '^(src|electron|test)/'
const packages = (...names) => names.map((name) => `node_modules/${name}/`)
const extension = '^src/domain/(?:sizing/methods|governor/(?:scalers|brakes|ceilings|gate)|regime/sensors)/'
const adapters = '^src/(?:brokers|feeds)/adapters/'
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** The composition roots: the only files of the product that know every ring. */
const roots = ['^electron/', '^src/host/(?:open-desk|desk-host)\\.ts$', '^src/cli/main\\.ts$']
/** What the desk needs from the outside. */
const ports = ['^src/desk/ports\\.ts$', '^src/desk/[^/]+/ports\\.ts$']
/** Where the wire's library may be named. */
const wireEnds = ['^src/contract/', '^src/host/', '^src/ui/rpc\\.ts$', '^src/cli/[^/]*client[^/]*\\.ts$', '^test/']

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    never(
      'nothing-goes-in-circles',
      'What imports each other in a circle cannot be read or replaced alone; a type or a screen loaded on demand may point back.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    ),
    never(
      'nothing-is-unresolved',
      'An import that leads nowhere.',
      {},
      { couldNotResolve: true, pathNot: '^(svelte/internal/|.*\\?)' },
    ),
    never(
      'domain-knows-itself-alone',
      'The domain imports itself and, in money.ts, decimal.js.',
      { path: ring('domain') },
      {
        pathNot: [ring('domain'), ...packages('decimal\\.js')],
      },
    ),
    never(
      'kernel-is-the-floor',
      'Money, units and reasons stand below everything else.',
      { path: '^src/domain/kernel/' },
      {
        path: ours,
        pathNot: '^src/domain/kernel/',
      },
    ),
    never(
      'decimal-lives-in-money',
      'One file decides how decimals are made and rounded.',
      { path: ours, pathNot: '^(src/domain/kernel/money\\.ts$|test/)' },
      {
        path: packages('decimal\\.js'),
      },
    ),
    never(
      'extensions-are-strangers',
      'A rule never imports another rule, nor a method another method.',
      { path: `${extension}([^/]+)\\.ts$` },
      {
        path: extension,
        pathNot: '/$1\\.ts$',
      },
    ),
    never(
      'extensions-enter-through-their-registry',
      'Rules, methods, sensors and formats are reached by their registry alone.',
      { path: '^(src|electron)/', pathNot: ['/registry\\.ts$', extension, '^src/importers/formats/'] },
      { path: [extension, '^src/importers/formats/', '^src/cli/commands/', adapters] },
    ),
    never(
      'contract-stands-alone',
      'What crosses the wire is said with zod and nothing of ours.',
      { path: ring('contract') },
      {
        pathNot: [ring('contract'), ...packages('zod', '@orpc/contract')],
      },
    ),
    never(
      'desk-knows-domain-and-contract',
      'Use cases reach the outside through ports.',
      { path: ring('desk') },
      {
        pathNot: [ring('desk'), ring('domain'), ring('contract'), ...packages('yaml')],
      },
    ),
    never(
      'store-implements-ports',
      'The store sees the desk only through its ports.',
      { path: ring('store') },
      {
        path: ours,
        pathNot: [ring('store'), ring('domain'), ...ports],
      },
    ),
    never(
      'importers-implement-ports',
      'Importers see the desk only through its ports.',
      { path: ring('importers') },
      {
        path: ours,
        pathNot: [ring('importers'), ring('domain'), '^src/desk/import/', ...ports],
      },
    ),
    never(
      'brokers-and-feeds-implement-ports',
      'A broker or a feed sees the desk only through its ports, and none of its kind.',
      { path: '^src/(brokers|feeds)/' },
      {
        path: ours,
        pathNot: ['^src/$1/', ring('domain'), ...ports],
      },
    ),
    never(
      'sqlite-lives-in-the-store',
      'Nobody else speaks SQL.',
      { path: '^(src|electron)/', pathNot: ring('store') },
      {
        path: packages('better-sqlite3', '@types/better-sqlite3'),
      },
    ),
    never(
      'hosts-know-desk-and-contract',
      'A transport carries calls; it decides nothing.',
      { path: '^src/host/', pathNot: roots },
      {
        path: ours,
        pathNot: [ring('host'), ring('contract'), ring('desk')],
      },
    ),
    never(
      'commands-know-desk-contract-and-host',
      'A command asks the desk, as the page does; what needs no book it reckons with the algebra of this machine.',
      { path: ring('cli'), pathNot: roots },
      {
        path: ours,
        pathNot: [ring('cli'), ring('contract'), ring('desk'), ring('host'), '^src/wasm/wasm-algebra\\.ts$'],
      },
    ),
    never(
      'ui-knows-the-contract',
      'The page knows what can be called, and nothing behind it.',
      { path: ring('ui') },
      {
        path: ours,
        pathNot: [ring('ui'), ring('contract')],
      },
    ),
    never(
      'ui-takes-only-types-of-the-contract',
      'The schemas stay on the host: the page carries no validator.',
      { path: ring('ui') },
      {
        path: ring('contract'),
        // Packs and unpacks matrices for both ends; it validates nothing.
        pathNot: '^src/contract/matrix-codec',
        dependencyTypesNot: ['type-only'],
      },
    ),
    never('ui-runs-in-a-browser', 'The page has no Node.', { path: ring('ui') }, { dependencyTypes: ['core'] }),
    never(
      'rings-have-no-node',
      'Domain, contract and desk take clock, files and chance as arguments.',
      { path: '^src/(?:domain|contract|desk)/' },
      {
        dependencyTypes: ['core'],
      },
    ),
    never(
      'electron-lives-in-electron',
      'Everything but the shell runs without Electron.',
      { path: '^src/' },
      {
        path: ['^electron/', ...packages('electron')],
      },
    ),
    never(
      'the-wire-has-two-ends',
      'Only contract, hosts and the two clients name the wire, so that it can be replaced.',
      { path: ours, pathNot: wireEnds },
      {
        path: packages('@orpc/[^/]+'),
      },
    ),
    never(
      'product-never-imports-tests',
      'The program does not need its tests.',
      { path: '^(src|electron)/' },
      { path: '^test/' },
    ),
    never(
      'the-host-runs-on-its-dependencies',
      'A package the installed program needs is in dependencies; Electron itself and what is bundled into the page need not be.',
      { path: '^src/', pathNot: ring('ui') },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/\\.svelte-check/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
    },
  },
}
