import { ORPCError } from '@orpc/client'
import { describe, expect, it, vi } from 'vitest'
import type { OptimiseResult } from '../../../src/contract/portfolio/optimise.ts'
import { BasketInput, DecidePlanInput, PlanInput } from '../../../src/contract/portfolio/plan.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { BasketForm } from '../../../src/ui/portfolio/basket.svelte.ts'
import { FrameForm } from '../../../src/ui/portfolio/frame-form.svelte.ts'
import { targetsOf } from '../../../src/ui/portfolio/plan-form.svelte.ts'
import type { PortfolioDesk } from '../../../src/ui/portfolio/portfolio-desk.ts'
import { WeightsForm } from '../../../src/ui/portfolio/weights.svelte.ts'

chooseLocale('en-US')

const refusal = (says: string, field?: string): ORPCError<string, unknown> =>
  new ORPCError('REFUSED', { defined: true, data: { code: 'X', says, ...(field === undefined ? {} : { field }) } })

const result = (more: Partial<OptimiseResult> = {}): OptimiseResult =>
  ({
    status: 'optimal',
    says: '',
    method: 'kelly_mvo',
    assets: [
      { symbol: 'A', present: 0, proposed: 0.2 },
      { symbol: 'B', present: 0.1, proposed: 1e-14 },
      { symbol: 'C', present: 0, proposed: 0 },
    ],
    limits: [],
    ...more,
  }) as unknown as OptimiseResult

/** A desk whose portfolio answers as it is told. */
function desk(calls: Readonly<Record<string, (input: unknown) => unknown>>): PortfolioDesk {
  const portfolio = Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [name, (input: unknown) => Promise.resolve().then(() => call(input))]),
  )
  return { client: { portfolio } } as unknown as PortfolioDesk
}

describe('a proposal', () => {
  it('is of what was asked: another input makes it stale, and no plan is made of a stale one', async () => {
    const plan = vi.fn(() => ({ planId: 'a'.repeat(32), orders: [{}], kept: [] }))
    const weights = new WeightsForm(
      desk({ optimise: () => result(), frontier: () => ({ points: [] }), plan }),
      new FrameForm(),
    )
    await weights.weigh()
    expect(weights.proposal).toBeDefined()
    weights.form.upper = '10'
    expect(weights.isStale).toBe(true)
    await weights.makePlan()
    expect(plan).not.toHaveBeenCalled()
    weights.form.upper = ''
    await weights.makePlan()
    expect(plan).toHaveBeenCalledOnce()
    const [asked] = plan.mock.calls[0] as unknown as [PlanInput]
    expect(PlanInput.safeParse(asked).success).toBe(true)
    expect(asked.targets).toEqual([
      { symbol: 'A', weight: 0.2 },
      { symbol: 'B', weight: 0 },
    ])
  })

  it('without an answer leaves no weights, no frontier and no plan', async () => {
    const frontier = vi.fn(() => ({ points: [] }))
    let refuses = false
    const weights = new WeightsForm(
      desk({
        optimise: () => {
          if (refuses) throw refusal('Least is too much.', 'lower')
          return result()
        },
        frontier,
        plan: () => ({ orders: [] }),
      }),
      new FrameForm(),
    )
    await weights.weigh()
    await weights.makePlan()
    expect(weights.plan.view.value).toBeDefined()
    refuses = true
    await weights.weigh()
    expect(weights.result.value).toBeUndefined()
    expect(weights.frontier.value).toBeUndefined()
    expect(weights.plan.view.value).toBeUndefined()
    expect(weights.refused).toEqual({ lower: 'Least is too much.' })
    expect(frontier).toHaveBeenCalledOnce()
  })

  it('that is infeasible is no target', async () => {
    const weights = new WeightsForm(
      desk({ optimise: () => result({ status: 'infeasible' }), frontier: () => ({ points: [] }) }),
      new FrameForm(),
    )
    await weights.weigh()
    expect(weights.proposal).toBeUndefined()
  })
})

describe('a plan', () => {
  it('has no target for what is neither held nor proposed', () => {
    expect(targetsOf(result()).map(({ symbol }) => symbol)).toEqual(['A', 'B'])
  })

  it('leads to whole lots where those are known', () => {
    const { assets, ...rest } = result()
    const inLots = assets.map((asset) => ({ ...asset, inLots: asset.symbol === 'A' ? 0.25 : null }))
    expect(targetsOf({ ...rest, assets: inLots })[0]).toEqual({ symbol: 'A', weight: 0.25 })
  })

  it('is recorded once, as it was shown, and not after a field has changed', async () => {
    const decidePlan = vi.fn(() => ({ groupId: 'g', decisions: [], says: '' }))
    const planId = 'b'.repeat(32)
    const weights = new WeightsForm(
      desk({
        optimise: () => result(),
        frontier: () => ({ points: [] }),
        plan: () => ({ planId, orders: [{}] }),
        decidePlan,
      }),
      new FrameForm(),
    )
    const { plan } = weights
    await weights.weigh()
    plan.band = '2'
    await weights.makePlan()
    expect(plan.canRecord).toBe(true)
    plan.stop = '5'
    expect(plan.canRecord).toBe(false)
    await plan.record()
    expect(decidePlan).not.toHaveBeenCalled()
    plan.stop = ''
    await plan.record()
    await plan.record()
    expect(decidePlan).toHaveBeenCalledOnce()
    const [[sent]] = decidePlan.mock.calls as unknown as [[DecidePlanInput]]
    expect(sent).toMatchObject({ plan: { band: '0.02' }, planId })
    expect(DecidePlanInput.safeParse(sent).success).toBe(true)
  })

  it('is the same group when its answer was lost, and another one when it is made anew', async () => {
    const decidePlan = vi.fn<(input: unknown) => unknown>(() => {
      throw new Error('the line broke')
    })
    const view = { planId: 'c'.repeat(32), orders: [{}] }
    const made = desk({ optimise: () => result(), frontier: () => ({ points: [] }), plan: () => view, decidePlan })
    const weights = new WeightsForm(made, new FrameForm())
    await weights.weigh()
    await weights.makePlan()
    await weights.plan.record()
    await weights.plan.record()
    await weights.makePlan()
    await weights.plan.record()
    const [first, again, anew] = decidePlan.mock.calls.map(([input]) => (input as DecidePlanInput).groupId)
    expect(first).toMatch(/^[A-Za-z0-9_-]{8,48}$/)
    expect(again).toBe(first)
    expect(anew).not.toBe(first)
  })
})

describe('a basket', () => {
  it('sends the orders that have a symbol, each as the desk takes it', async () => {
    const basket = vi.fn(() => ({ orders: [] }))
    const one = new BasketForm(desk({ basket }), new FrameForm())
    expect(one.canLook).toBe(false)
    Object.assign(one.rows[0] ?? {}, { symbol: ' AAPL ', stop: '180', risk: '0.5' })
    one.add()
    one.add()
    Object.assign(one.rows[2] ?? {}, { symbol: 'MSFT', side: 'sell', entry: '400', quantity: '3' })
    await one.look()
    expect(basket.mock.calls[0]).toEqual([
      {
        orders: [
          { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '180', risk: '0.005' },
          { symbol: 'MSFT', side: 'sell', entry: '400', quantity: '3' },
        ],
      },
    ])
    expect(BasketInput.safeParse(one.input).success).toBe(true)
    expect(one.isStale).toBe(false)
    one.drop(one.rows[2]?.id ?? -1)
    expect(one.isStale).toBe(true)
  })

  it('keeps one row, and asks nothing while a figure is no number', async () => {
    const basket = vi.fn(() => ({ orders: [] }))
    const one = new BasketForm(desk({ basket }), new FrameForm())
    one.drop(one.rows[0]?.id ?? -1)
    expect(one.rows).toHaveLength(1)
    const [row] = one.rows
    Object.assign(row ?? {}, { symbol: 'A' })
    if (row !== undefined) row.unread.stop = '1,2,3'
    await one.look()
    expect(basket).not.toHaveBeenCalled()
  })
})
