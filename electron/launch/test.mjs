import { availableParallelism } from 'node:os'
import { testBrowser } from './browser.mjs'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { LaunchError, say } from './say.mjs'
import { runBrowserTests, runStatic, runUnitTests, staticChecks } from './parts.mjs'
import { summarise } from './summary.mjs'

const groups = ['types', 'lint', 'unit', 'e2e']

/** Runs everything, or one group (`--only unit`), prints a summary whose last line is `N passed, N failed`, and resolves with the exit code. */
export async function test(words) {
  const { only, rest } = readWords(words)
  return runParts(only === undefined ? groups : [only], rest)
}

/** Runs what needs no program to run: types, lint, format and the architecture. */
export async function check() {
  return runParts(['types', 'lint', 'architecture'], [])
}

async function runParts(chosen, rest) {
  const node = await ensureInstalled()
  const results = []
  const wants = (group) => chosen.includes(group)
  const built = wants('e2e') || wants('unit') ? await buildPart(node) : undefined
  if (built) results.push(built)
  const checks = staticChecks().filter(({ group }) => wants(group))
  results.push(...(await inParallel(checks, (part) => runStatic(node, part))))
  if (wants('unit')) results.push(await runUnitTests(node, rest))
  if (wants('architecture')) results.push(await runUnitTests(node, ['test/architecture']))
  if (wants('e2e')) results.push(await browserPart(node, built, wants('unit') ? [] : rest))
  return summarise(results)
}

async function buildPart(node) {
  try {
    await ensureBuilt(node)
    return { name: 'build', passed: 1, failed: 0, notRun: [] }
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error
    say(error.message)
    return { name: 'build', passed: 0, failed: 1, notRun: [] }
  }
}

async function browserPart(node, built, rest) {
  if (built?.failed) return { name: 'browser', passed: 0, failed: 0, notRun: ['browser tests: the build failed'] }
  const browser = testBrowser()
  if (browser !== undefined) return runBrowserTests(node, browser, rest)
  say('no Chromium found for the browser tests: npx playwright install chromium, or set BALLAST_CHROMIUM to one')
  // On a user's machine a missing browser is a remark; where the result decides something it is a failure.
  return { name: 'browser', passed: 0, failed: process.env.CI ? 1 : 0, notRun: ['browser tests: no Chromium'] }
}

async function inParallel(items, run) {
  const results = new Array(items.length)
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await run(items[index])
    }
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker))
  return results
}

function readWords(words) {
  const index = words.findIndex((word) => word === '--only' || word.startsWith('--only='))
  if (index < 0) return { only: undefined, rest: words }
  const joined = words[index].includes('=')
  const only = joined ? words[index].slice('--only='.length) : words[index + 1]
  if (!groups.includes(only)) throw new LaunchError(`--only takes one of ${groups.join(', ')}.`)
  return { only, rest: words.filter((_, at) => at !== index && (joined || at !== index + 1)) }
}
