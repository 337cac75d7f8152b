import { afterAll, describe, expect, it } from 'vitest'
import { curveCells, type CurveRequest, runCurveCell } from '../../src/domain/simulation/curves/kelly-curve.ts'
import { curvePoints } from '../../src/domain/simulation/curves/kelly-curve-points.ts'
import { typescriptKernels } from '../../src/domain/simulation/kernels/typescript-kernels.ts'
import { freshMarks } from '../../src/domain/simulation/prop-firm/loss-rule.ts'
import type { PropFirmPlan } from '../../src/domain/simulation/prop-firm/plan.ts'
import { propFirmOdds } from '../../src/domain/simulation/prop-firm/prop-firm-odds.ts'
import { runPropFirm } from '../../src/domain/simulation/prop-firm/prop-firm-run.ts'
import { runCurve } from '../../src/workers/run-curve.ts'
import { runPropFirmOdds } from '../../src/workers/run-prop-firm.ts'
import { threadPool } from '../../src/workers/thread-pool.ts'
import { someTrades } from '../domain/simulation/plan-of.ts'

const pool = threadPool({ workers: 2 })
afterAll(() => pool.close())

const curve: CurveRequest = {
  base: { model: { kind: 'bootstrap', returns: someTrades }, paths: 300, trades: 80, seed: 2, floor: 0.6 },
  fractions: [0.02, 0.05, 0.1, 0.3],
  resamples: 6,
  resamplePaths: 100,
}
const challenge: PropFirmPlan = {
  rules: [
    {
      id: 'maximum',
      scope: 'account',
      floor: 'trailing_end_of_day',
      amount: { kind: 'share_of_initial', share: 0.06 },
      locksAt: 1,
      counts: 'floating',
      touch: 'at_or_below',
      consequence: 'failed',
    },
  ],
  target: 0.06,
  minimumDays: 3,
  consistency: 0.5,
  marks: freshMarks(50_000),
  daysTraded: 0,
  tradedToday: false,
  bestDay: 0,
  days: Array.from({ length: 20 }, (_, day) => someTrades.slice(2 * day, 2 * day + 2).map((r) => ({ r }))),
  dayBlock: 3,
  cost: 0.02,
  orderOutcomes: [2, -1],
  horizon: 40,
  variants: [
    { riskPerTrade: 0.005, orderRisk: 0 },
    { riskPerTrade: 0.005, orderRisk: 0.01 },
  ],
  paths: 950,
  seed: 4,
}

describe('on threads as on one', () => {
  it('a curve has the same points', async () => {
    const alone = curvePoints(
      curve,
      Array.from({ length: curveCells(curve) }, (_, index) => runCurveCell(curve, index, typescriptKernels)),
    )
    expect(await runCurve(pool, curve)).toEqual({ ok: true, value: alone })
  })

  it('a prop-firm account has the same odds', async () => {
    const alone = propFirmOdds(challenge, runPropFirm(challenge, 0, challenge.paths))
    expect(await runPropFirmOdds(pool, challenge)).toEqual({ ok: true, value: alone })
  })

  it('a load that is cancelled gives nothing', async () => {
    const stop = new AbortController()
    const found = await runPropFirmOdds(
      pool,
      { ...challenge, paths: 1_000_000 },
      { signal: stop.signal, onProgress: () => stop.abort() },
    )
    expect(found.ok ? '' : found.error.code).toBe('CANCELLED')
  })

  it('a load that cannot be run says why', async () => {
    const broken = { ...challenge, rules: null } as unknown as PropFirmPlan
    const found = await runPropFirmOdds(pool, broken)
    expect(found.ok ? '' : found.error.says).toMatch(/^The simulation failed and nothing of it was kept: /)
  })
})
