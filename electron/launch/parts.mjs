import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { runChild } from './child.mjs'
import { environmentFor } from './node.mjs'
import { at, readJson } from './place.mjs'
import { say } from './say.mjs'
import { countUnitTests, countBrowserTests } from './summary.mjs'

const tsc = 'node_modules/@typescript/native/bin/tsc'
const rings = ['domain', 'contract', 'desk', 'brokers', 'feeds']

/** The checks that only read the sources, each counted as one test. */
export function staticChecks() {
  const types = (name, project) => ({ name: `types ${name}`, group: 'types', words: [tsc, '--noEmit', '-p', project] })
  return [
    { name: 'lint', group: 'lint', words: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
    types('whole', 'tsconfig.json'),
    ...rings.map((ring) => types(ring, `src/${ring}/tsconfig.json`)),
    {
      name: 'types ui',
      group: 'types',
      words: [
        'node_modules/svelte-check/bin/svelte-check',
        '--workspace',
        'src/ui',
        '--tsconfig',
        './tsconfig.json',
        '--tsgo',
        '--fail-on-warnings',
      ],
    },
    {
      name: 'format',
      group: 'lint',
      words: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
    },
    {
      name: 'layers',
      group: 'lint',
      words: [
        'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
        '--config',
        'test/architecture/layers.cjs',
        'src',
        'electron',
        'test',
      ],
    },
  ]
}

/** Runs one static check; its output is shown only when it fails. */
export async function runStatic(node, { name, words }) {
  const lines = []
  const code = await runChild(node, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentFor(node, { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' }),
    whenStarted: (child) => {
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => lines.push(chunk))
    },
  })
  say(`${name}: ${code === 0 ? 'ok' : 'FAILED'}`)
  if (code !== 0) process.stderr.write(Buffer.concat(lines))
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notRun: [] }
}

/** Runs vitest on everything or on the files that are named. */
export async function runUnitTests(node, rest) {
  const report = reportFile('unit.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', ...reporters, ...rest]
  const code = await runChild(node, words, { env: environmentFor(node) })
  return countUnitTests(readJson(report), code)
}

/** Runs Playwright in the given browser ('' for its own). */
export async function runBrowserTests(node, browser, rest) {
  const report = reportFile('browser.json')
  const words = [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config',
    'test/playwright.config.ts',
    '--reporter=list,json',
    ...rest,
  ]
  const named = browser === '' ? {} : { BALLAST_CHROMIUM: browser }
  const code = await runChild(node, words, {
    env: environmentFor(node, { ...named, PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
  })
  return countBrowserTests(readJson(report), code)
}

function reportFile(name) {
  mkdirSync(at('.test-results'), { recursive: true })
  const file = at('.test-results', name)
  if (existsSync(file)) rmSync(file)
  return file
}
