import { describe, expect, it } from 'vitest'
import { ALWAYS_ON, readProfile } from '../../../src/domain/profile.ts'
import { rawProfile, type RawProfile } from '../../support/sizing-fixtures.ts'

function faults(raw: unknown): readonly string[] {
  const read = readProfile(raw)
  return read.ok ? [] : read.error.map(({ code, field }) => `${code} ${field ?? ''}`)
}

const raw = (): RawProfile => rawProfile()
const without = <T extends object>(record: T, key: string): T =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key)) as T

describe('a profile', () => {
  it.each(['discretionary', 'strategy-budgets'])('%s, as shipped, is read', (name) => {
    expect(faults(rawProfile(name))).toEqual([])
  })

  it.each([null, undefined, [], 'fixed_risk', 7])('that is %j is none', (empty) => {
    expect(faults(empty)).toEqual(['LIMITS_MISSING profile'])
  })

  it('with a key that nobody knows is refused: a misspelt limit is no limit', () => {
    const profile = raw()
    expect(faults({ ...profile, celings: {} })).toEqual(['INPUT_OUT_OF_RANGE celings'])
    expect(faults({ ...profile, ceilings: { ...profile.ceilings, single_aset: { max: 1 } } })).toEqual([
      'INPUT_OUT_OF_RANGE ceilings.single_aset',
    ])
    expect(faults({ ...profile, ceilings: { ...profile.ceilings, risk_per_trade: { max: 0.02, min: 0 } } })).toEqual([
      'INPUT_OUT_OF_RANGE ceilings.risk_per_trade.min',
    ])
    expect(faults({ ...profile, general: { ...profile.general, gaploss: 1 } })).toEqual([
      'INPUT_OUT_OF_RANGE general.gaploss',
    ])
  })

  it('without one of its limits is refused: a rule is switched off by the word, never by leaving it out', () => {
    const profile = raw()
    expect(faults({ ...profile, ceilings: without(profile.ceilings, 'daily_loss') })).toEqual([
      'LIMITS_MISSING ceilings.daily_loss',
    ])
    expect(faults({ ...profile, ceilings: { ...profile.ceilings, daily_loss: 'off' } })).toEqual([])
    expect(faults({ ...profile, ceilings: { ...profile.ceilings, risk_per_trade: {} } })).toEqual([
      'INPUT_MISSING ceilings.risk_per_trade.max',
    ])
    expect(faults(without(profile, 'ceilings'))).toEqual(['LIMITS_MISSING ceilings'])
    expect(faults({ ...profile, general: without(profile.general, 'gapLoss') })).toEqual([
      'INPUT_MISSING general.gapLoss',
    ])
  })

  it('keeps the checks without which nothing can be sized safely', () => {
    const profile = raw()
    for (const id of ALWAYS_ON)
      expect(faults({ ...profile, gate: { ...profile.gate, [id]: 'off' } })).toEqual([`INPUT_OUT_OF_RANGE gate.${id}`])
    expect(faults({ ...profile, methods: { ...profile.methods, fixed_qty: 'off' as never } })).toEqual([
      'INPUT_MALFORMED methods.fixed_qty',
    ])
  })

  it.each([
    ['per cent where a share is meant', 2, 'UNIT_MISMATCH'],
    ['per cent as text', '1.5', 'UNIT_MISMATCH'],
    ['zero where more is needed', 0, 'INPUT_OUT_OF_RANGE'],
    ['negative', -0.01, 'INPUT_OUT_OF_RANGE'],
    ['beyond per cent', 250, 'INPUT_OUT_OF_RANGE'],
    ['not a number', 'a lot', 'INPUT_MALFORMED'],
    ['a locale comma', '0,02', 'INPUT_MALFORMED'],
    ['NaN', Number.NaN, 'INPUT_NOT_FINITE'],
    ['a list', [0.02], 'INPUT_MALFORMED'],
    ['missing', null, 'INPUT_MISSING'],
  ])('with a risk that is %s is refused: %j', (_, max, code) => {
    const profile = raw()
    expect(faults({ ...profile, ceilings: { ...profile.ceilings, risk_per_trade: { max } } })).toEqual([
      `${code} ceilings.risk_per_trade.max`,
    ])
  })

  it('says of per cent what the share would be', () => {
    const profile = raw()
    const read = readProfile({ ...profile, ceilings: { ...profile.ceilings, risk_per_trade: { max: 2 } } })
    expect(read.ok ? '' : read.error[0]?.says).toContain('2 % is 0.02')
  })

  it('checks the caps of clusters, whole numbers, words and switches', () => {
    const profile = raw()
    expect(
      faults({ ...profile, ceilings: { ...profile.ceilings, cluster: { max: 1, caps: { tech: 'much' } } } }),
    ).toEqual(['INPUT_MALFORMED ceilings.cluster.caps.tech'])
    expect(faults({ ...profile, gate: { ...profile.gate, order_rate: { perSecond: 1.5, perDay: 0 } } })).toEqual([
      'INPUT_OUT_OF_RANGE gate.order_rate.perSecond',
      'INPUT_OUT_OF_RANGE gate.order_rate.perDay',
    ])
    expect(faults({ ...profile, general: { ...profile.general, aggregate: 'sum', allowBoosts: 'perhaps' } })).toEqual([
      'INPUT_OUT_OF_RANGE general.aggregate',
      'INPUT_MALFORMED general.allowBoosts',
    ])
    expect(faults({ ...profile, method: 'martingale' })).toEqual(['INPUT_OUT_OF_RANGE method'])
  })

  it('answers all its faults at once, each with its path', () => {
    const profile = raw()
    const broken = {
      ...without(profile, 'title'),
      schema: 2,
      method: 'martingale',
      general: {},
      ceilings: { ...without(profile.ceilings, 'cluster'), risk_per_trade: { max: 3 } },
      extra: 1,
    }
    const told = faults(broken)
    for (const field of [
      'VERSION_MIX schema',
      'INPUT_MISSING title',
      'INPUT_OUT_OF_RANGE method',
      'INPUT_MISSING general.gapLoss',
      'LIMITS_MISSING ceilings.cluster',
      'UNIT_MISMATCH ceilings.risk_per_trade.max',
      'INPUT_OUT_OF_RANGE extra',
    ]) {
      expect(told).toContain(field)
    }
  })
})
