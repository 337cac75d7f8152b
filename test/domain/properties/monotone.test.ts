import fc from 'fast-check'
import { describe, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import type { DecisionBody } from '../../../src/domain/governor/decision.ts'
import { dec } from '../../../src/domain/kernel/money.ts'
import { readProfile, type Profile } from '../../../src/domain/profile.ts'
import { multiple } from '../../support/arbitraries-instruments.ts'
import { scenarios, type Scenario } from '../../support/arbitraries.ts'
import type { RawProfile } from '../../support/sizing-fixtures.ts'
import { holds } from './cases.ts'
import { notLess } from './not-less.ts'

const sizeOf = ({ inputs, book, profile }: Scenario): DecisionBody => decide(inputs, valueBook(book), profile)
/** Factors below one, in thousandths. */
const tighter = fc.noBias(fc.integer({ min: 1, max: 999 }))

describe('what is asked for and what is allowed', () => {
  it('never gives less for a larger risk budget', { timeout: 3_600_000 }, () => {
    holds('largerBudget', fc.tuple(scenarios(), tighter), ([drawn, part]) => {
      const { inputs } = drawn
      const most = dec((inputs.request.risk as string | undefined) ?? '0.02')
      const ask = (risk: string): DecisionBody =>
        sizeOf({ ...drawn, inputs: { ...inputs, request: { ...inputs.request, risk } } })
      return notLess(ask(most.times(part).div(1_000).toDecimalPlaces(12).toFixed()), ask(most.toFixed()))
    })
  })

  it('never gives more under a tighter limit', { timeout: 3_600_000 }, () => {
    holds('tighterLimit', fc.tuple(scenarios(), tighter, fc.nat()), ([drawn, part, pick]) => {
      const limits = settingsOf(drawn.raw)
      const chosen = limits[pick % limits.length]
      if (chosen === undefined) return 'no limits'
      const profile = tightened(drawn.raw, chosen, part)
      return profile === null ? 'a contradiction' : notLess(sizeOf({ ...drawn, profile }), sizeOf(drawn))
    })
  })

  it('never gives more for a wider stop', { timeout: 3_600_000 }, () => {
    holds(
      'widerStop',
      fc.tuple(scenarios({ soundStops: true }), fc.noBias(fc.integer({ min: 1, max: 400 }))),
      ([drawn, ticks]) => {
        const { request, instrument } = drawn.inputs
        if (instrument === null || typeof request.stop !== 'string') return 'no stop'
        const out = dec(multiple(instrument.tickSize, ticks)).times(request.side === 'buy' ? -1 : 1)
        const stop = dec(request.stop).plus(out)
        if (stop.lte(0)) return 'no wider stop'
        const wide = { ...drawn, inputs: { ...drawn.inputs, request: { ...request, stop: stop.toFixed() } } }
        return notLess(sizeOf(wide), sizeOf(drawn))
      },
    )
  })
})

/** Every limit of the ceilings that are on, as section and setting. */
function settingsOf(raw: RawProfile): readonly (readonly [string, string])[] {
  return Object.entries(raw.ceilings).flatMap(([rule, settings]) =>
    settings === 'off'
      ? []
      : Object.keys(settings as object).flatMap((key) => (key === 'caps' ? [] : [[rule, key] as const])),
  )
}

function tightened(raw: RawProfile, [rule, key]: readonly [string, string], part: number): Profile | null {
  const settings = raw.ceilings[rule] as Readonly<Record<string, string>>
  const limit = dec(settings[key] ?? '')
    .times(part)
    .div(1_000)
  const read = readProfile({ ...raw, ceilings: { ...raw.ceilings, [rule]: { ...settings, [key]: limit.toFixed() } } })
  return read.ok ? read.value : null
}
