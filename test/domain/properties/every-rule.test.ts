import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import type { DecisionBody } from '../../../src/domain/governor/decision.ts'
import { BRAKES, CEILINGS, SCALERS } from '../../../src/domain/governor/registry.ts'
import { dec } from '../../../src/domain/kernel/money.ts'
import { readProfile, type Profile } from '../../../src/domain/profile.ts'
import { METHODS, methodById } from '../../../src/domain/sizing/registry.ts'
import { multiple } from '../../support/arbitraries-instruments.ts'
import type { Scenario } from '../../support/arbitraries.ts'
import { profileOf, type RawProfile } from '../../support/sizing-fixtures.ts'
import { holds } from './cases.ts'
import { everyRuleOrders } from './every-rule-orders.ts'
import { notLess } from './not-less.ts'
import { compared, inCents, inPennies, inSmallLots } from './other-units.ts'
import { shuffledCeilings, shuffledProfile } from './shuffled.ts'

const LONG = { timeout: 3_600_000 }
const sizeOf = ({ inputs, book, profile }: Scenario): DecisionBody => decide(inputs, valueBook(book), profile)
/** Factors below one, in thousandths. */
const smaller = fc.noBias(fc.integer({ min: 1, max: 999 }))

describe('under every rule, by every method', () => {
  it('nothing is left out: each method sizes orders, and each ceiling and brake is asked', () => {
    const drawn = fc.sample(everyRuleOrders(), { numRuns: 400, seed: 1 })
    const decisions = drawn.map((one) => sizeOf(one))
    const sizedBy = new Set(decisions.filter(({ quantity }) => quantity !== '0').map(({ method }) => method))
    expect([...sizedBy].sort()).toEqual(METHODS.map(({ id }) => id).sort())
    const asked = new Set(decisions.flatMap(({ steps }) => steps.map(({ rule }) => rule)))
    for (const { id } of [...BRAKES, ...CEILINGS]) expect(asked, id).toContain(id)
    const bound = new Set(decisions.map(({ binding }) => binding))
    expect([...bound].length).toBeGreaterThan(12)
  })

  it('a larger budget of the method never gives less', LONG, () => {
    holds('everyBudget', fc.tuple(everyRuleOrders(), smaller, fc.nat()), ([drawn, part, pick]) => {
      const id = String(drawn.inputs.request.method)
      const budgets = Object.keys(methodById(id)?.settings ?? {}).filter((key) => BUDGETS.has(key))
      const key = budgets[pick % budgets.length]
      if (key === undefined) return 'no budget'
      const less = changed(drawn.raw, 'methods', id, key, (value) => value.times(part).div(1_000))
      const larger = sizeOf(drawn)
      return less === null ? 'off or a contradiction' : notLess(sizeOf({ ...drawn, profile: less }), larger)
    })
  })

  it('a tighter limit never gives more', LONG, () => {
    holds('everyLimit', fc.tuple(everyRuleOrders(), smaller, fc.nat()), ([drawn, part, pick]) => {
      const larger = sizeOf(drawn)
      // Half of them tighten what binds: most limits are far away from most orders.
      const binding = pick % 2 === 0 ? LIMITS.filter(({ rule }) => rule === larger.binding) : []
      const from = binding.length === 0 ? LIMITS : binding
      const limit = from[(pick >> 1) % from.length]
      if (limit === undefined) return 'no limits'
      const { section, rule, key, setting } = limit
      const tight = changed(drawn.raw, section, rule, key, (value) =>
        setting.stricter === 'lower' ? value.times(part).div(1_000) : value.times(1_000).div(part),
      )
      return tight === null ? 'off or a contradiction' : notLess(sizeOf({ ...drawn, profile: tight }), larger)
    })
  })

  it('a wider stop never gives more', LONG, () => {
    const ticks = fc.noBias(fc.integer({ min: 1, max: 400 }))
    holds('everyStop', fc.tuple(everyRuleOrders({ soundStops: true }), ticks), ([drawn, count]) => {
      const { request, instrument } = drawn.inputs
      if (instrument === null || typeof request.stop !== 'string') return 'no stop'
      const out = dec(multiple(instrument.tickSize, count)).times(request.side === 'buy' ? -1 : 1)
      const stop = dec(request.stop).plus(out)
      if (stop.lte(0)) return 'no wider stop'
      const wide = { ...drawn, inputs: { ...drawn.inputs, request: { ...request, stop: stop.toFixed() } } }
      return notLess(sizeOf(wide), sizeOf(drawn))
    })
  })

  it('a working order more never gives more', LONG, () => {
    holds('everyWorking', fc.tuple(everyRuleOrders(), fc.nat()), ([drawn, pick]) => {
      const { working } = drawn.book
      if (working.length === 0) return 'no working order'
      const fewer = working.filter((_, place) => place !== (pick >> 1) % working.length)
      // Half of them under the ceilings of correlated risks alone: others mostly bind first.
      const profile = pick % 2 === 0 ? drawn.profile : correlatedAlone(drawn.raw)
      const asked = { ...drawn, profile }
      return notLess(sizeOf(asked), sizeOf({ ...asked, book: { ...drawn.book, working: fewer } }))
    })
  })

  it('the unit of the account’s money does not matter', LONG, () => {
    holds('everyAccountUnit', everyRuleOrders(), (drawn) => compared(drawn, inCents(drawn), '1'))
  })

  it('the unit prices are quoted in does not matter', LONG, () => {
    holds('everyPriceUnit', everyRuleOrders(), (drawn) => compared(drawn, inPennies(drawn), '1'))
  })

  it('the size grows by the factor that the unit of quantity shrinks by', LONG, () => {
    holds('everyQuantityUnit', everyRuleOrders(), (drawn) => compared(drawn, inSmallLots(drawn), '1000'))
  })

  it('the ceilings, shuffled, leave the same quantity', LONG, () => {
    const sortKeys = fc.array(fc.nat(), { minLength: 40, maxLength: 40 })
    holds('everyShuffle', fc.tuple(everyRuleOrders(), sortKeys), ([drawn, keys]) => shuffledCeilings(drawn, keys))
  })

  it('the order of a profile does not change a byte', LONG, () => {
    holds('everyProfile', fc.tuple(everyRuleOrders(), fc.nat()), ([drawn, start]) => shuffledProfile(drawn, start))
  })
})

const CORRELATED = ['portfolio_risk', 'portfolio_vol', 'correlated_pair']

function correlatedAlone(raw: RawProfile): Profile {
  const off = (section: Readonly<Record<string, unknown>>, but: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(Object.entries(section).map(([id, own]) => [id, but.includes(id) ? own : 'off']))
  return profileOf({ ...raw, brakes: off(raw.brakes, []), ceilings: off(raw.ceilings, CORRELATED) })
}

/** Settings of methods that ask for more where they are larger. */
const BUDGETS = new Set(['risk', 'fraction', 'quantity', 'cap', 'target', 'leverage', 'fallbackRisk', 'beta'])

const NUMBERS = new Set(['fraction', 'number', 'money', 'quantity'])
/** Every number of a scaler, brake or ceiling that says which way it is stricter. */
const LIMITS = [
  ...SCALERS.map((rule) => ['scalers', rule] as const),
  ...BRAKES.map((rule) => ['brakes', rule] as const),
  ...CEILINGS.map((rule) => ['ceilings', rule] as const),
].flatMap(([section, { id: rule, settings }]) =>
  Object.entries(settings)
    .filter(([, { kind, stricter, whole }]) => stricter !== 'neither' && whole !== true && NUMBERS.has(kind))
    .map(([key, setting]) => ({ section, rule, key, setting })),
)

function changed(
  raw: RawProfile,
  section: 'methods' | 'scalers' | 'brakes' | 'ceilings',
  rule: string,
  key: string,
  change: (value: ReturnType<typeof dec>) => ReturnType<typeof dec>,
): Profile | null {
  const settings = raw[section][rule] as 'off' | Readonly<Record<string, string | number>>
  if (settings === 'off') return null
  const value = change(dec(settings[key] ?? '')).toDecimalPlaces(15)
  const read = readProfile({ ...raw, [section]: { ...raw[section], [rule]: { ...settings, [key]: value.toFixed() } } })
  return read.ok ? read.value : null
}
