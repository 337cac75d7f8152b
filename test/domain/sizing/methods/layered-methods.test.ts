import { describe, expect, it } from 'vitest'
import type { Studies } from '../../../../src/domain/studies.ts'
import { NOW, reading, share, type Told } from '../../../support/sizing-fixtures.ts'
import { EDGE, figures, fresh, market, sentence, stale } from '../asking.ts'

describe('enhanced_kelly', () => {
  const settings = {
    fraction: '0.5',
    cap: '0.2',
    highRatio: '1.3',
    lowRatio: '0.7',
    lowBoost: '1.2',
    unknownQuality: '1',
    minimumTrades: 30,
    windowDays: 365,
    fallbackRisk: '0.005',
  }
  // A trade of 10 units costs 10 · (0.1 + 0.1 + 0.04) = 2.4 now; 5 were taken off the trades on record.
  const instrument = share({ commissionPerUnit: '0.1', spread: '0.04' })
  const edge = { ...EDGE, meanFee: '5', meanQuantity: '10' }
  const ranges = (atr: string, mean = '2.5', more: Partial<Studies> = {}): Told => ({
    atr: reading(atr),
    studies: market({ atrMean: fresh(mean) }, more),
  })
  const quality = (value: string | null): Partial<Studies> => ({
    regime: { regime: null, quality: { value, source: 'by hand', at: NOW }, source: 'by hand', at: NOW },
  })
  const of = (told: Told = {}, changed: object = {}) =>
    figures('enhanced_kelly', { instrument, edge, ...ranges('2.5'), ...told }, { ...settings, ...changed })

  it('takes the fees of today off the trades: b = (105 − 2.4)/(95 + 2.4), half of Kelly is 0.1101', () => {
    expect(of()).toEqual({
      risk: '0.1101364522415',
      facts: {
        payoff: '1.053388090349075975359342915811088295688',
        kelly: '0.220272904483',
        capped: '0.1101364522415',
        rangeRatio: '1',
        byRange: '0.110136452242',
        quality: '1',
        fee: '2.4',
      },
    })
  })

  it('caps half Kelly', () => {
    expect(of({}, { cap: '0.02' })).toMatchObject({ risk: '0.02', facts: { capped: '0.02', byRange: '0.02' } })
  })

  it.each([
    ['3.25', '1.3', '0.1101364522415'],
    ['5', '2', '0.05506822612075'],
    ['1.75', '0.7', '0.1101364522415'],
    ['1.25', '0.5', '0.1321637426898'],
  ])('at a range of %s, %s of its mean, stakes %s', (atr, rangeRatio, risk) => {
    expect(of(ranges(atr))).toMatchObject({ risk, facts: { rangeRatio } })
  })

  it('caps the boost of narrow bars again', () => {
    expect(of(ranges('1.25'), { cap: '0.115' })).toMatchObject({ risk: '0.115' })
    expect(of(ranges('1.25'), { lowBoost: '1' })).toMatchObject({ risk: '0.1101364522415' })
  })

  it('multiplies by the quality of the regime, and by its own where none is set', () => {
    expect(of(ranges('2.5', '2.5', quality('0.5')))).toMatchObject({
      risk: '0.05506822612075',
      facts: { quality: '0.5' },
    })
    expect(of(ranges('2.5', '2.5', quality('0')))).toMatchObject({ risk: '0' })
    expect(of(ranges('2.5', '2.5', quality('1')))).toMatchObject({ risk: '0.1101364522415' })
    for (const more of [quality(null), {}])
      expect(of(ranges('2.5', '2.5', more), { unknownQuality: '0.25' })).toMatchObject({
        risk: '0.027534113060375',
        facts: { quality: '0.25' },
      })
  })

  it('tells of every layer', () => {
    const told = { instrument, edge, ...ranges('5', '2.5', quality('0.5')) }
    expect(sentence('enhanced_kelly', told, settings)).toBe(
      'Kelly 22.03 % after fees; half and cap give 11.01 %; bars at 2.00 × their mean give 5.51 %; regime quality 0.5 (by hand) gives 2.75 % at the stop.',
    )
    expect(sentence('enhanced_kelly', { instrument, edge, ...ranges('5') }, settings)).toContain('1 (none is set)')
  })

  it.each([
    ['quality', ranges('2.5', '2.5', quality('1.01')), 'INPUT_OUT_OF_RANGE regime.quality'],
    ['quality', ranges('2.5', '2.5', quality('-0.01')), 'INPUT_OUT_OF_RANGE regime.quality'],
    ['quality', ranges('2.5', '2.5', quality('good')), 'INPUT_MALFORMED regime.quality'],
    ['range', { atr: reading(null) }, 'INPUT_MISSING atr'],
    ['range', { atr: stale('2.5') }, 'QUOTE_STALE atr'],
    ['mean range', { studies: market({}) }, 'INPUT_MISSING market.atrMean'],
    ['mean range', { studies: market({ atrMean: stale('2.5') }) }, 'QUOTE_STALE market.atrMean'],
    ['mean range', { studies: market({ atrMean: fresh('0') }) }, 'INPUT_OUT_OF_RANGE market.atrMean'],
    ['market', { studies: market({}, { market: null }) }, 'INPUT_MISSING market.atrMean'],
    ['fee', { edge: { ...edge, meanFee: '-1' } }, 'INPUT_OUT_OF_RANGE edge.meanFee'],
    ['mean quantity', { edge: { ...edge, meanQuantity: '0' } }, 'INPUT_OUT_OF_RANGE edge.meanQuantity'],
    ['edge', { edge: null }, 'INPUT_MISSING edge'],
  ])('refuses a broken or missing %s', (_, told, refused) => {
    expect(of(told)).toEqual({ refused })
  })

  it('reads a missing mean of the ranges where nothing was studied', () => {
    expect(figures('enhanced_kelly', { instrument, edge, atr: reading('2.5') }, settings)).toEqual({
      refused: 'INPUT_MISSING market.atrMean',
    })
  })

  it('counts one unit where the record does not say how many, and no fee paid where it does not say', () => {
    const bare = { ...EDGE, meanWin: '200' }
    // b = (200 − 0.24)/(100 + 0.24).
    const b = 199.76 / 100.24
    const answer = of({ edge: bare })
    const kelly = 'facts' in answer ? Number(answer.facts['kelly']) : Number.NaN
    expect(kelly).toBeCloseTo(0.6 - 0.4 / b, 11)
    expect(answer).toMatchObject({ facts: { fee: '0.24' } })
    expect(of({ edge: bare, request: { quantity: '10' } })).toMatchObject({ facts: { fee: '2.4' } })
  })

  it('blocks a trade whose fee takes the whole mean win, at exactly the win too', () => {
    const fee = (perUnit: string): Told => ({ instrument: share({ commissionPerUnit: perUnit }) })
    expect(of(fee('5.25'))).toEqual({ refused: 'FEE_EXCEEDS_EDGE instrument.commissionPerUnit' })
    expect(of(fee('6'))).toEqual({ refused: 'FEE_EXCEEDS_EDGE instrument.commissionPerUnit' })
    expect(of(fee('5.24'))).toEqual({ refused: 'NO_EDGE edge' })
    expect(sentence('enhanced_kelly', { edge, ...ranges('2.5'), ...fee('6') }, settings)).toBe(
      'A fee of 120 eats the whole mean win of 105: the trade is blocked.',
    )
  })

  it('has no edge where fees leave exactly none', () => {
    // Before fees 50 wins of 110 against 50 losses of 90; a fee of 10 makes it 100 against 100.
    const even = { ...EDGE, wins: 50, losses: 50, meanWin: '110', meanLoss: '90', meanFee: '0', meanQuantity: '10' }
    expect(of({ edge: even, instrument: share({ commissionPerUnit: '0.5' }) })).toEqual({ refused: 'NO_EDGE edge' })
    expect(of({ edge: even, instrument: share({ commissionPerUnit: '0.4' }) })).toMatchObject({
      facts: { fee: '8', payoff: text(102, 98) },
    })
  })

  it('falls back with too few trades, to no more than half Kelly or its cap', () => {
    const few = { ...edge, wins: 15, losses: 14 }
    expect(of({ edge: few })).toEqual({
      risk: '0.005',
      facts: { trades: '29', needed: '30', risk: '0.005' },
      notes: ['FALLBACK edge'],
    })
    // f* is 1/29, half of it 0.0172.
    expect(of({ edge: few }, { fallbackRisk: '0.05' })).toMatchObject({ risk: '0.01724137931035' })
    const won = { ...edge, losses: 0, meanLoss: null }
    expect(of({ edge: won }, { fallbackRisk: '0.05', cap: '0.01' })).toMatchObject({ risk: '0.01' })
    expect(of({ edge: won }, { fallbackRisk: '0.05', fraction: '0.03' })).toMatchObject({ risk: '0.03' })
  })
})

describe('physics_kelly', () => {
  const settings = {
    fraction: '0.5',
    cap: '0.1',
    missing: '0.5',
    maxAge: 60_000,
    minimumTrades: 30,
    windowDays: 365,
    fallbackRisk: '0.005',
  }
  const sensor = (id: 'lyapunov' | 'ising' | 'eigen', value: string | null, at: number | null = NOW) => ({
    id,
    value,
    at,
    source: 'test',
    abstains: false,
    says: `${id} says so`,
  })
  const sensors = (lyapunov: string | null, ising: string | null, eigen: string | null): Told => ({
    studies: market({}, { sensors: [sensor('lyapunov', lyapunov), sensor('ising', ising), sensor('eigen', eigen)] }),
  })
  const of = (told: Told, changed: object = {}) =>
    figures('physics_kelly', { edge: EDGE, ...told }, { ...settings, ...changed })

  it('stakes half Kelly times the weakest sensor: 0.2 · 0.5 · 0.4', () => {
    expect(of(sensors('0.8', '0.4', '1'))).toEqual({
      risk: '0.04',
      facts: { lyapunov: '0.8', ising: '0.4', eigen: '1', kelly: '0.2', multiplier: '0.4' },
    })
    expect(sentence('physics_kelly', { edge: EDGE, ...sensors('0.8', '0.4', '1') }, settings)).toBe(
      'Kelly 20.00 % × 0.5. Weakest link × 0.4 (ising: ising says so). That is 4.00 % of equity at the stop.',
    )
  })

  it('leaves half Kelly where no sensor brakes, up to the cap', () => {
    expect(of(sensors('1', '1', '1'))).toMatchObject({ risk: '0.1' })
    expect(of(sensors('1', '1', '1'), { cap: '0.07' })).toMatchObject({ risk: '0.07' })
    expect(of({ ...sensors('0.5', '1', '1'), edge: { ...EDGE, wins: 90, losses: 10 } })).toMatchObject({ risk: '0.1' })
    expect(of(sensors('0', '1', '1'))).toMatchObject({ risk: '0' })
  })

  it.each([
    ['missing', sensors('1', null, '1')],
    ['negative', sensors('1', '-0.1', '1')],
    ['above one', sensors('1', '1.1', '1')],
    ['no number', sensors('1', 'NaN', '1')],
    [
      'stale',
      {
        studies: market(
          {},
          { sensors: [sensor('lyapunov', '1'), sensor('ising', '1', NOW - 60_001), sensor('eigen', '1')] },
        ),
      },
    ],
    ['absent', { studies: market({}, { sensors: [sensor('lyapunov', '1'), sensor('eigen', '1')] }) }],
  ])('brakes by the stated multiplier where a sensor is %s, and says so', (_, told) => {
    expect(of(told)).toEqual({
      risk: '0.05',
      facts: { lyapunov: '1', ising: '0.5', eigen: '1', kelly: '0.2', multiplier: '0.5' },
      notes: ['SENSOR_MISSING sensors'],
    })
  })

  it('is braked where nothing was studied', () => {
    expect(of({})).toMatchObject({ risk: '0.05', notes: ['SENSOR_MISSING sensors'] })
  })

  it('falls back to no more than it would stake itself, sensors counted', () => {
    const few = { edge: { ...EDGE, wins: 15, losses: 14 } }
    expect(of({ ...sensors('1', '1', '1'), ...few })).toMatchObject({ risk: '0.005', notes: ['FALLBACK edge'] })
    // 1/29 · 0.5 · 0.2 = 0.003448.
    expect(of({ ...sensors('0.2', '1', '1'), ...few })).toMatchObject({ risk: '0.00344827586207' })
    const won = { edge: { ...EDGE, losses: 0, meanLoss: null } }
    expect(of({ ...sensors('0.2', '1', '1'), ...won }, { fallbackRisk: '0.05' })).toMatchObject({ risk: '0.01' })
    expect(of({ ...sensors('1', '1', '1'), edge: null })).toEqual({ refused: 'INPUT_MISSING edge' })
    expect(of({ ...sensors('1', '1', '1'), edge: { ...EDGE, wins: 30 } })).toEqual({ refused: 'NO_EDGE edge' })
  })
})

/** A quotient to the 40 digits that decimals carry. */
function text(a: number, b: number): string {
  const digits = (BigInt(a) * 10n ** 40n) / BigInt(b)
  const whole = digits.toString()
  return `${whole.slice(0, -40)}.${whole.slice(-40, -1)}`.replace(/\.$/, '')
}
