import { describe, expect, it } from 'vitest'
import type { InstrumentSpec } from '../../../../src/domain/inputs.ts'
import { position, share, type Told } from '../../../support/sizing-fixtures.ts'
import { capped } from '../one-rule.ts'

/** S1: four times the equity by day, twice overnight, crypto once. The fixtures decide at 15:00 UTC, minute 900. */
const DAY = { intraday: '4', overnight: '2', byClass: { crypto: '1' }, cutOffMinute: 901 }
const NIGHT = { ...DAY, cutOffMinute: 900 }
const HELD = { positions: [position({ quantity: '-1000' }), position({ spec: share(), quantity: '400' })] }
const of = (settings: unknown, spec: Partial<InstrumentSpec> = {}, told: Told = {}, held = HELD) =>
  capped('leverage', settings, { instrument: share(spec), ...told }, held)

describe('leverage', () => {
  it('keeps all positions within the multiple of the day, and of the night from the cut-off on', () => {
    expect(of(DAY).rung).toMatchObject({
      code: 'LEVERAGE',
      allows: '3300',
      limit: '400000',
      before: '70000',
      after: '400000',
      says: 'All positions may be 4 × equity intraday; 70,000.00 USD is held.',
      facts: { leverage: '4', when: 'intraday' },
    })
    expect(of(NIGHT).rung).toMatchObject({
      allows: '1300',
      limit: '200000',
      before: '70000',
      says: 'All positions may be 2 × equity overnight; 70,000.00 USD is held.',
      facts: { leverage: '2', when: 'overnight' },
    })
  })

  it('tells the time of the cut-off in the zone of the account', () => {
    const inNewYork = (cutOffMinute: number) =>
      of({ ...DAY, cutOffMinute }, {}, { account: { timeZone: 'America/New_York' } }).rung.facts['when']
    // 15:00 UTC is 11:00 in New York in October: minute 660.
    expect([inNewYork(661), inNewYork(660)]).toEqual(['intraday', 'overnight'])
  })

  it('keeps the symbol within the multiple of its class, with what is held of it', () => {
    expect(of(DAY, { assetClass: 'crypto', calendar: 'crypto' }).rung).toMatchObject({
      allows: '800',
      limit: '100000',
      before: '20000',
      says: 'ACME may be 1 × equity intraday; 20,000.00 USD is held.',
      facts: { leverage: '1', when: 'intraday' },
    })
    const loose = { ...DAY, byClass: { crypto: '9' } }
    expect(of(loose, { assetClass: 'crypto', calendar: 'crypto' }).rung.facts).toMatchObject({ leverage: '4' })
  })

  it.each([
    [DAY, 'maxLeverageIntraday', '1.2', 'intraday'],
    [NIGHT, 'maxLeverageOvernight', '1.2', 'overnight'],
  ] as const)('keeps the symbol within its own multiple of the hour (%#)', (settings, field, own, when) => {
    expect(of(settings, { [field]: own }).rung).toMatchObject({
      allows: '1000',
      limit: '120000',
      before: '20000',
      facts: { leverage: own, when },
    })
    const other = field === 'maxLeverageIntraday' ? 'maxLeverageOvernight' : 'maxLeverageIntraday'
    expect(of(settings, { [other]: own }).rung.says).toMatch(/^All positions/)
    for (const broken of ['0', 'much'])
      expect(of(settings, { [field]: broken }).decision.reasons[0]?.field).toBe(`instrument.${field}`)
  })

  it('takes the smaller of the class and the instrument', () => {
    const crypto = { assetClass: 'crypto', calendar: 'crypto' } as const
    expect(of(DAY, { ...crypto, maxLeverageIntraday: '0.5' }).rung).toMatchObject({ limit: '50000' })
    expect(of(DAY, { ...crypto, maxLeverageIntraday: '3' }).rung).toMatchObject({ limit: '100000' })
  })

  it('tells of all positions where both leave as much', () => {
    expect(of(DAY, {}, {}, { positions: [] }).rung.says).toMatch(/^All positions/)
  })
})
