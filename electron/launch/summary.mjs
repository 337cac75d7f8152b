/** Prints one line per part, what was not run and why, and last `N passed, N failed`; answers the exit code. */
export function summarise(results, print = (line) => process.stdout.write(`${line}\n`)) {
  const sum = (key) => results.reduce((total, part) => total + part[key], 0)
  print('')
  for (const { name, passed, failed } of results) {
    print(`${failed > 0 ? 'FAILED' : 'ok    '}  ${name}: ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`)
  }
  const notRun = results.flatMap((part) => part.notRun)
  if (notRun.length > 0) print(`not run: ${notRun.length}`)
  for (const line of notRun) print(`  - ${line}`)
  print(`${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
}

/** Counts a vitest JSON report; a file that could not be loaded, or a run without a report, is a failure. */
export function countUnitTests(report, code) {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = tests.filter((test) => test.status === 'failed').length + broken.length
  const notRun = tests
    .filter((test) => test.status !== 'passed' && test.status !== 'failed')
    .map((test) => `${test.fullName} (skipped${test.status === 'todo' ? ', todo' : ''})`)
  return { name: 'unit', passed, failed: atLeastOne(failed, code), notRun }
}

/** Counts a Playwright JSON report; a test that passed only on retry counts as failed. */
export function countBrowserTests(report, code) {
  const specs = (report?.suites ?? []).flatMap(specsOf)
  const tests = specs.flatMap((spec) => spec.tests.map((test) => ({ ...test, title: spec.title })))
  const failed = tests.filter((test) => test.status === 'unexpected' || test.status === 'flaky').length
  const notRun = tests
    .filter((test) => test.status === 'skipped')
    .map((test) =>
      [test.title, test.annotations?.find(({ type }) => type === 'skip')?.description].filter(Boolean).join(': '),
    )
  const passed = tests.filter((test) => test.status === 'expected').length
  return { name: 'browser', passed, failed: atLeastOne(failed, code), notRun }
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]

// A runner that failed without naming a test (a broken configuration, a crash) must not look green.
const atLeastOne = (failed, code) => (code === 0 ? failed : Math.max(failed, 1))
