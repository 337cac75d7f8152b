import { describe, expect, it } from 'vitest'
import type { SensorReading } from '../../../../src/domain/studies.ts'
import { NOW, pair, profileOf, rawProfile, reading } from '../../../support/sizing-fixtures.ts'
import { edge, example, onThePage, printed, studies } from './example.ts'

const EURUSD = pair('EURUSD')
const sensor = (id: SensorReading['id'], value: string): SensorReading => ({
  id,
  value,
  at: NOW,
  source: 'example',
  abstains: false,
  says: `${id} ${value}`,
})
const CALM = [sensor('lyapunov', '1'), sensor('ising', '1'), sensor('eigen', '1')]

interface Call {
  readonly range?: string
  readonly sensors?: readonly SensorReading[]
  readonly trades?: ReturnType<typeof edge>
  readonly profile?: string
}
/** The governor's own call: 10,000, a stop of 20 pips, 10 a pip and lot, 0.55 at 400 to 200. */
const call = ({
  range = '0.0012',
  sensors = CALM,
  trades = edge(55, 45, '400', '200'),
  profile = 'prop-governor',
}: Call = {}) =>
  example(profile, {
    instrument: EURUSD,
    equity: '10000',
    request: { entry: '1.10000', stop: '1.09800' },
    atr: reading(range),
    edge: trades,
    studies: studies({ atrMean: '0.0010' }, { sensors }),
    account: { startingEquity: reading('10000') },
  })

const KELLY = (0.55 * (400 / 200) - 0.45) / (400 / 200)

describe('S2, the governor’s call', () => {
  it('0.55, 400, 200: half of Kelly is cut to 2 %, which is one lot at 20 pips', () => {
    expect(KELLY).toBeCloseTo(0.325, 12)
    const risk = Math.min(0.5 * KELLY, 0.02)
    const decided = call()
    expect(Number(decided.quantity)).toBeCloseTo((10_000 * risk) / (20 * 10), 9)
    expect([decided.quantity, decided.riskFraction]).toEqual(['1', '0.02'])
    expect(onThePage('s2-governor', decided)).toBe(printed(decided))
  })

  it('wide bars divide by their ratio, and the most worried sensor brakes what is left', () => {
    const decided = call({
      range: '0.0016',
      sensors: [sensor('lyapunov', '0.6'), sensor('ising', '1'), sensor('eigen', '0.9')],
    })
    const size = ((10_000 * 0.02) / 1.6 / 200) * Math.min(0.6, 1, 0.9)
    expect(decided.quantity).toBe(String(Math.floor(size * 100 + 1e-9) / 100))
    expect(onThePage('s2-governor-wide', decided)).toBe(printed(decided))
  })

  it('narrow bars may not pass the cap', () => {
    expect(call({ range: '0.0005' }).riskFraction).toBe('0.02')
  })

  it('missing sensors halve the size and are named', () => {
    expect(call({ sensors: [] })).toMatchObject({ quantity: '0.5', binding: 'physics' })
  })

  it('trap 1: a losing record is sized zero, not at the maximum', () => {
    expect(call({ trades: edge(30, 70, '200', '200') })).toMatchObject({ quantity: '0', outcome: 'rejected' })
  })

  it.each([
    ['ftmo-challenge', '0.4', '0.01', '1.2', '1.1', '0.03', 30],
    ['ftmo-funded', '0.55', '0.015', '1.3', '1.2', '0.03', 30],
    ['the5ers', '0.5', '0.02', '1.3', '1.2', '0.04', 30],
    ['personal-aggressive', '0.6', '0.025', '1.5', '1.3', '0.03', 30],
    ['paper-trading', '0.7', '0.03', '1.5', '1.2', '0.03', 10],
  ])(
    'the preset %s has the figures of the source',
    (name, fraction, cap, highRatio, lowBoost, portfolio, minimumTrades) => {
      const { methods, ceilings } = profileOf(rawProfile(`prop-governor-${name}`))
      const settings = methods.get('enhanced_kelly') as Record<string, unknown>
      const texts = ['fraction', 'cap', 'highRatio', 'lowBoost'].map((key) => String(settings[key]))
      expect(texts).toEqual([fraction, cap, highRatio, lowBoost])
      expect(settings['minimumTrades']).toBe(minimumTrades)
      expect(String((ceilings.get('portfolio_risk') as Record<string, unknown>)['max'])).toBe(portfolio)
    },
  )

  it('a firm’s preset sizes nothing before the account is given the firm’s program', () => {
    const refused = call({ profile: 'prop-governor-ftmo-challenge' })
    expect(refused.reasons.map(({ field }) => field)).toContain('propFirm')
    expect(refused.quantity).toBe('0')
  })
})
