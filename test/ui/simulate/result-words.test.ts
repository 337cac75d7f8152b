import { describe, expect, it } from 'vitest'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { resultCsvRows, resultRows } from '../../../src/ui/simulate/result-rows.ts'
import { verdictOn } from '../../../src/ui/simulate/verdict.ts'
import { aRun } from './runs.ts'

chooseLocale('en-US')

describe('the result in words', () => {
  it('has every finding with its interval, and a dash for what was not asked', () => {
    const rows = resultRows(aRun(), undefined)
    const of = (id: string) => rows.find((row) => row.id === id)
    expect(of('ruin')).toMatchObject({ a: '40.0 %', aAside: '38.0–42.0', b: '–' })
    expect(of('growth')).toMatchObject({ a: '+0.400 %', aAside: '0.380–0.420' })
    expect(of('median')).toMatchObject({ a: '× 1.48' })
    expect(of('goal')?.name).toBe('P(goal before ruin)')
    expect(resultRows(aRun({ ruin: null }), aRun())[0]).toMatchObject({ a: '–', b: '40.0 %' })
    expect(resultCsvRows(aRun(), aRun()).at(-2)?.[1]).toBe(aRun().digest)
  })

  it('judges by the upper end of the interval, and not at all without a tolerance', () => {
    const chance = (probability: number) => ({ probability, low: probability - 0.01, high: probability + 0.01 })
    expect(verdictOn(aRun(), 0.05).state).toBe('over')
    expect(verdictOn(aRun({ ruin: chance(0.045) }), 0.05).state).toBe('near')
    expect(verdictOn(aRun({ ruin: chance(0.03) }), 0.05).state).toBe('ok')
    expect(verdictOn(aRun({ ruin: null }), 0.05).state).toBe('stale')
    expect(verdictOn(aRun(), undefined).state).toBe('stale')
  })
})
