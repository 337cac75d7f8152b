import { describe, expect, it } from 'vitest'
import { countBrowserTests, countUnitTests, summarise } from '../../electron/launch/summary.mjs'

const unit = (...files: object[]): object => ({ testResults: files })
const file = (status: string, ...tests: [string, string][]): object => ({
  status,
  assertionResults: tests.map(([name, of]) => ({ fullName: name, status: of })),
})

describe('the count of unit tests', () => {
  it('names what was skipped and counts it as neither', () => {
    const report = unit(
      file('passed', ['a', 'passed'], ['b', 'skipped'], ['c', 'todo']),
      file('failed', ['d', 'failed'], ['e', 'passed']),
    )
    expect(countUnitTests(report, 1)).toEqual({
      name: 'unit',
      passed: 2,
      failed: 1,
      notRun: ['b (skipped)', 'c (skipped, todo)'],
    })
  })

  it('counts a file that could not be loaded as a failure', () => {
    expect(countUnitTests(unit(file('failed')), 1)).toMatchObject({ passed: 0, failed: 1 })
  })

  it('is never green when the runner was not', () => {
    expect(countUnitTests(undefined, 1)).toMatchObject({ passed: 0, failed: 1 })
    expect(countUnitTests(unit(file('passed', ['a', 'passed'])), 1)).toMatchObject({ passed: 1, failed: 1 })
  })
})

describe('the count of browser tests', () => {
  it('reads nested suites, takes a retry for a failure and gives the reason of a skip', () => {
    const test = (title: string, status: string, why?: string): object => ({
      title,
      tests: [{ status, annotations: why === undefined ? [] : [{ type: 'skip', description: why }] }],
    })
    const report = {
      suites: [
        {
          specs: [test('a', 'expected')],
          suites: [{ specs: [test('b', 'unexpected'), test('c', 'flaky'), test('d', 'skipped', 'no binary')] }],
        },
      ],
    }
    expect(countBrowserTests(report, 1)).toEqual({ name: 'browser', passed: 1, failed: 2, notRun: ['d: no binary'] })
  })
})

describe('the summary', () => {
  const print = (...results: object[]): { lines: string[]; code: number } => {
    const lines: string[] = []
    const code = summarise(results, ((line: string) => lines.push(line)) as never)
    return { lines, code }
  }

  it('ends with the one line that counts', () => {
    const { lines, code } = print(
      { name: 'a', passed: 3, failed: 0, notRun: ['x: no binary'] },
      { name: 'b', passed: 1, failed: 2, notRun: [] },
    )
    expect(lines.at(-1)).toBe('4 passed, 2 failed')
    expect(lines).toContain('  - x: no binary')
    expect(code).toBe(1)
  })

  it('is a success only when something passed and nothing failed', () => {
    expect(print({ name: 'a', passed: 1, failed: 0, notRun: [] }).code).toBe(0)
    expect(print({ name: 'a', passed: 0, failed: 0, notRun: ['all'] }).code).toBe(1)
  })
})
