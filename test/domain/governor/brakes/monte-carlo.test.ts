import { describe, expect, it } from 'vitest'
import type { EdgeInput } from '../../../../src/domain/inputs.ts'
import { RUIN_BRAKE, ruinBrake } from '../../../../src/domain/simulation/ruin-brake.ts'
import { EDGE } from '../asking.ts'
import { braked } from '../one-rule.ts'
import type { Told } from '../../../support/sizing-fixtures.ts'

const S2 = { quietRisk: '0.005', floor: '0.5', trades: 20, mostRuin: '0.005', unknown: '0.2' }
const of = (told: Told, settings: Partial<typeof S2> = {}) => braked('monte_carlo', { ...S2, ...settings }, told)
const LOSING: EdgeInput = { ...EDGE, wins: 40, losses: 60 }
const risking = (risk: string, edge: EdgeInput | null = LOSING): Told => ({ edge, request: { risk } })
const SEARCH = { ...RUIN_BRAKE, trades: 20 }

/** The outcome of the search itself, whose own proofs are with the simulation. */
function found(risk: number, model: Parameters<typeof ruinBrake>[1], settings = SEARCH) {
  const answer = ruinBrake(risk, model, settings)
  if (!answer.ok || answer.value.ruin === null) throw new Error('refused')
  return { factor: String(answer.value.multiplier), ruin: String(answer.value.ruin.probability) }
}

describe('the Monte Carlo brake', () => {
  it('is the multiplier that the search finds for the win rate and payoff of the record, at the risk proposed', () => {
    const { factor, ruin } = found(0.05, { kind: 'winloss', winProbability: 0.4, payoff: 1 })
    const step = of(risking('0.05'))
    expect(Number(factor)).toBeLessThan(1)
    expect(step).toMatchObject({ rule: 'monte_carlo', factor, code: 'BRAKED', facts: { risk: '0.05', ruin } })
    expect(step.says).toContain('The chance of falling to 50 % of equity within 20 trades is')
  })

  it('hands the floor, the trades and the most ruin of the profile to the search', () => {
    const model = { kind: 'winloss', winProbability: 0.4, payoff: 1 } as const
    const other = { ...SEARCH, floor: 0.7, trades: 15, mostRuin: 0.05 }
    const { factor, ruin } = found(0.05, model, other)
    expect(of(risking('0.05'), { floor: '0.7', trades: 15, mostRuin: '0.05' })).toMatchObject({
      factor,
      facts: { risk: '0.05', ruin },
    })
    expect(factor).not.toBe(found(0.05, model).factor)
  })

  it('leaves a risk alone whose ruin is rare enough', () => {
    const { factor, ruin } = found(0.006, { kind: 'winloss', winProbability: 0.4, payoff: 1 })
    expect([factor, ruin]).toEqual(['1', '0'])
    expect(of(risking('0.006'))).toMatchObject({ factor: '1', code: null, facts: { risk: '0.006', ruin: '0' } })
  })

  it('draws the R-multiples themselves where there are twenty, and the win rate below that', () => {
    const twenty = Array.from({ length: 20 }, (_, index) => (index < 8 ? 1 : -1.5))
    const drawn = found(0.05, { kind: 'bootstrap', returns: twenty })
    expect(of(risking('0.05', { ...LOSING, rMultiples: twenty }))).toMatchObject({
      factor: drawn.factor,
      facts: { ruin: drawn.ruin },
    })
    const coin = found(0.05, { kind: 'winloss', winProbability: 0.4, payoff: 1 })
    expect(coin.factor).not.toBe(drawn.factor)
    expect(of(risking('0.05', { ...LOSING, rMultiples: twenty.slice(1) }))).toMatchObject({ factor: coin.factor })
    expect(of(risking('0.05', { ...LOSING, rMultiples: [...twenty, NaN] }))).toMatchObject({ factor: coin.factor })
  })

  it('simulates nothing up to the quiet risk', () => {
    expect(of(risking('0.005'))).toMatchObject({
      factor: '1',
      facts: { risk: '0.005' },
      says: 'The risk is too small to be simulated.',
    })
    expect(of(risking('0.00501')).says).toContain('The chance of falling')
  })

  it.each([
    ['just below the whole account', '19999', '0.99995', 0.99995],
    ['at the whole account', '20000', '1', 1],
    ['at five times the account', '100000', '5', 5],
    ['far above it', '40000000', '2000', 2000],
  ])('leaves the same risk %s as from any other', (_, quantity, risk, times) => {
    const most = Number(found(0.05, { kind: 'winloss', winProbability: 0.4, payoff: 1 }).factor) * 0.05
    const step = of({ edge: LOSING, request: { quantity } })
    expect(step.facts).toMatchObject({ risk, ruin: '1' })
    expect(Number(step.factor) * times).toBeCloseTo(most, 9)
  })

  it('says where one loss would take the whole account what it leaves', () => {
    const { factor, ruin } = found(1, { kind: 'winloss', winProbability: 0.4, payoff: 1 })
    expect(of({ edge: LOSING, request: { quantity: '20000' } })).toMatchObject({
      factor,
      facts: { risk: '1', ruin },
      says: 'One loss would take the whole account: the risk is cut to 4.49 % of equity, where the chance of ruin stays below the limit.',
    })
    expect(of({ edge: LOSING, request: { quantity: '19999' } }).says).toMatch(/^The chance of falling/)
  })

  it('never leaves more than the whole account, however kind the record', () => {
    const kind = { ...LOSING, rMultiples: Array.from({ length: 20 }, () => 0.5) }
    expect(of({ edge: kind, request: { quantity: '100000' } })).toMatchObject({ factor: '0.2' })
    expect(of({ edge: kind, request: { quantity: '19999' } })).toMatchObject({ factor: '1' })
  })

  it('has a multiplier of its own where no record can be simulated', () => {
    const expected = {
      factor: '0.2',
      facts: { risk: '0.05' },
      says: 'No record of wins and losses can be simulated: × 0.2.',
    }
    for (const edge of [null, { ...LOSING, losses: 0 }, { ...LOSING, wins: 0 }, { ...LOSING, meanLoss: null }])
      expect(of(risking('0.05', edge))).toMatchObject(expected)
    expect(of({ edge: null, request: { quantity: '40000' } })).toMatchObject({
      factor: '0.1',
      facts: { risk: '2' },
      says: 'No record of wins and losses can be simulated: × 0.2 of the whole account, which one loss would take.',
    })
  })

  it('says nothing of nothing', () => {
    const step = of({ edge: LOSING, request: { method: 'kelly_trades' } })
    expect(step).toMatchObject({ before: '0', factor: '1', facts: {}, says: 'Nothing is proposed.' })
  })
})
