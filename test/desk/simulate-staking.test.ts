import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelInput, StakingInput } from '../../src/contract/simulation/input.ts'
import type { StakingView } from '../../src/contract/simulation/result.ts'
import { growthOptimalFraction } from '../../src/domain/edge/log-growth.ts'
import type { Model } from '../../src/domain/simulation/model.ts'
import { METHODS } from '../../src/domain/sizing/registry.ts'
import { methodStake } from '../../src/desk/simulate/method-stake.ts'
import { DISCRETIONARY } from '../support/sizing-fixtures.ts'
import { someTrades } from '../domain/simulation/plan-of.ts'
import { refusalOf, simulatingRoom, type SimulatingRoom } from './simulating-room.ts'

const TOSS = { kind: 'winloss', p: 0.55, b: 1.2 } as const satisfies ModelInput
/** Full Kelly of the toss: p − q/b. */
const KELLY = 0.55 - 0.45 / 1.2
const DAYS = { kind: 'gaussian', mu: [0.0005], sigma: [0.01], weights: [1] } satisfies ModelInput

let room: SimulatingRoom
beforeAll(async () => {
  room = await simulatingRoom({ workers: 0 })
})
afterAll(() => room.close())

const run = (model: ModelInput, staking: StakingInput) =>
  room.calls.simulation.runOnce({ model, staking, paths: 20, trades: 5, seed: 1 })
const stake = async (model: ModelInput, staking: StakingInput): Promise<StakingView> =>
  (await run(model, staking)).staking

describe('a sizing method as a staking rule', () => {
  it.each([
    ['fixed_risk', { fraction: 0.0125 }, 0.0125],
    ['kelly_trades', { fraction: 0.25 }, 0.25 * KELLY],
    ['kelly_empirical', { fraction: 0.25 }, 0.25 * KELLY],
    ['enhanced_kelly', { fraction: 0.5 }, 0.02],
  ])('%s stakes what it proposes on the model alone, as a risk fraction', async (method, more, fraction) => {
    const view = await stake(TOSS, { method, ...more })
    expect(view).toMatchObject({ method, notion: 'risk' })
    expect(view.fraction).toBeCloseTo(fraction, 9)
    expect(view.says).toContain('simulated as a risk fraction')
  })

  it('sizes by the whole list of trades where it is given one', async () => {
    const model = { kind: 'bootstrap', returns: [...someTrades] } satisfies ModelInput
    const view = await stake(model, { method: 'kelly_empirical', fraction: 0.5 })
    const full = growthOptimalFraction(someTrades) ?? Number.NaN
    expect(view.fraction).toBeCloseTo(0.5 * Math.min(full, 0.5), 6)
  })

  it('stakes a weight on returns, and names it', async () => {
    const view = await stake(DAYS, { method: 'vol_target', fraction: 0.1 })
    expect(view).toMatchObject({ notion: 'weight' })
    expect(view.fraction).toBeCloseTo(0.1 / (0.01 * Math.sqrt(252)), 9)
    expect(view.says).toContain('notional weight')
  })

  it('goes from weight to risk by the distance of the stop, and back, and by nothing else', async () => {
    const held = await stake(TOSS, { method: 'fixed_fraction', stop: 0.05 })
    const weight = await stake(DAYS, { method: 'fixed_fraction' })
    expect(held).toMatchObject({ notion: 'risk' })
    expect(held.fraction).toBeCloseTo(weight.fraction * 0.05, 12)
    const risked = await stake(DAYS, { method: 'fixed_risk', fraction: 0.01, stop: 0.02 })
    expect(risked).toMatchObject({ notion: 'weight', fraction: 0.5 })
    for (const [model, method] of [
      [TOSS, 'fixed_fraction'],
      [DAYS, 'fixed_risk'],
    ] as const)
      expect(await refusalOf(stake(model, { method }))).toMatchObject({ field: 'staking.stop' })
  })

  it('is staked or refused with a reason, every one of the registry, on every kind of model', async () => {
    const models: ModelInput[] = [TOSS, DAYS, { kind: 'bootstrap', returns: [...someTrades] }]
    for (const model of models) {
      for (const { id } of METHODS) {
        const tried = await stake(model, { method: id, stop: 0.02 }).then(
          (view) => view,
          (error: unknown) => (error as { data: { says: string; field: string } }).data,
        )
        if ('fraction' in tried) expect(tried.fraction, id).toBeGreaterThan(0)
        else
          expect(tried, id).toMatchObject({
            field: 'staking.method',
            says: expect.stringMatching(/^.{20,}\.$/) as string,
          })
      }
    }
  })

  it('has no fraction where it trades units', async () => {
    const refusal = await refusalOf(stake(TOSS, { method: 'fixed_qty', stop: 0.02 }))
    expect(refusal).toMatchObject({ code: 'UNIT_MISMATCH', field: 'staking.method' })
  })
})

describe('a staking rule', () => {
  it('is a share of full Kelly, told as what it came to', async () => {
    const view = await stake(TOSS, { method: 'kelly', fraction: 0.5 })
    expect(view.fraction).toBeCloseTo(0.5 * KELLY, 12)
    expect(view.says).toContain('17.50 %')
  })

  it.each([
    [{ method: 'fixed_amount', fraction: 0.02 }],
    [{ method: 'anti_martingale', fraction: 0.01, step: 1.5, cap: 0.04 }],
    [{ method: 'drawdown_throttle', fraction: 0.02, drawdownLimit: 0.2, factor: 4 }],
  ])('runs under its own figures: %o', async (staking) => {
    const other = await run(TOSS, { method: 'fixed_fraction', fraction: staking.fraction })
    expect((await run(TOSS, staking)).digest).not.toBe(other.digest)
  })
})

describe('a portfolio model', () => {
  it('is the same by standard deviations and correlation as by its covariance', async () => {
    const staking = { method: 'fixed_fraction', fraction: 1 }
    const shared = { kind: 'gaussian' as const, mu: [0.001, 0.0005], weights: [0.6, 0.4] }
    const apart = await run(
      {
        ...shared,
        sigma: [0.01, 0.02],
        correlation: [
          [1, 0.3],
          [0.3, 1],
        ],
      },
      staking,
    )
    const whole = await run(
      {
        ...shared,
        sigma: [
          [0.0001, 0.3 * 0.0002],
          [0.3 * 0.0002, 0.0004],
        ],
      },
      staking,
    )
    expect(apart.finalEquity.mean).toBeCloseTo(whole.finalEquity.mean, 12)
    const alone = await run({ ...shared, sigma: [0.01, 0.02] }, staking)
    expect(alone.finalEquity.mean).not.toBeCloseTo(whole.finalEquity.mean, 6)
  })
})

it('judges the edge of a model once for all methods, and of another by itself', () => {
  const counted = () => {
    let reads = 0
    const model: Model = {
      kind: 'bootstrap',
      get returns() {
        reads += 1
        return someTrades
      },
    }
    return { model, reads: () => reads }
  }
  const [one, other] = [counted(), counted()]
  const stakes = ({ model }: typeof one) =>
    METHODS.filter(({ id }) => id === 'kelly_trades' || id === 'kelly_empirical').map((method) =>
      methodStake(method, DISCRETIONARY, model, 0.01),
    )
  const found = stakes(one)
  expect(found).toHaveLength(2)
  const reads = one.reads()
  expect(stakes(one)).toEqual(found)
  expect(one.reads()).toBe(reads)
  expect(stakes(other)).toEqual(found)
  expect(other.reads()).toBe(reads)
})
