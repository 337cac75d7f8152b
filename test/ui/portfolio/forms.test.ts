import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { OptimiseInput } from '../../../src/contract/portfolio/optimise.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { FrameForm } from '../../../src/ui/portfolio/frame-form.svelte.ts'
import { readNames } from '../../../src/ui/portfolio/name-list.ts'
import { OptimiserForm } from '../../../src/ui/portfolio/optimiser-form.svelte.ts'
import { SecondPress } from '../../../src/ui/portfolio/second-press.svelte.ts'
import { WindowForm } from '../../../src/ui/portfolio/window-form.svelte.ts'

chooseLocale('en-US')

const form = (): OptimiserForm => new OptimiserForm(new FrameForm())

describe('the optimiser form', () => {
  it('asks nothing that was not typed, and always something the desk takes', () => {
    const { input } = form()
    expect(input).toEqual({ method: 'kelly_mvo', correlation: 'denoised', start: 'positions' })
    expect(OptimiseInput.safeParse(input).success).toBe(true)
  })

  it('turns every percentage into an exact fraction at its own place', () => {
    const one = form()
    Object.assign(one, {
      lambda: '4',
      riskFree: '2.5',
      cost: '0.05',
      lower: '-10',
      upper: '33.3',
      budgetMin: '50',
      budgetMax: '100',
      gross: '150',
      turnover: '40',
      volatilityCap: '12',
      topCount: '3',
      topMax: '60',
      clusterCaps: true,
    })
    one.frame.lookback = '120'
    one.frame.symbols = 'AAPL, MSFT AAPL'
    one.addOverride()
    Object.assign(one.overrides[0] ?? {}, { symbol: 'AAPL', upper: '5', expected: '9', cost: '0.2', signal: '-0.5' })
    one.addGroup()
    Object.assign(one.groups[0] ?? {}, { name: 'tech', members: 'AAPL MSFT', max: '25' })
    expect(one.isWrong).toBe(false)
    expect(one.input).toEqual({
      method: 'kelly_mvo',
      correlation: 'denoised',
      start: 'positions',
      lookback: '120',
      symbols: ['AAPL', 'MSFT'],
      lambda: '4',
      riskFree: '0.025',
      cost: '0.0005',
      lower: '-0.1',
      upper: '0.333',
      gross: '1.5',
      turnover: '0.4',
      volatilityCap: '0.12',
      budget: { min: '0.5', max: '1' },
      topK: { k: '3', max: '0.6' },
      clusterCaps: true,
      bounds: [{ symbol: 'AAPL', upper: '0.05' }],
      expected: { AAPL: '0.09' },
      costs: { AAPL: '0.002' },
      signals: { AAPL: '-0.5' },
      groups: [{ name: 'tech', members: ['AAPL', 'MSFT'], max: '0.25' }],
    })
    expect(OptimiseInput.safeParse(one.input).success).toBe(true)
  })

  it('asks for shares of risk only where the method has them', () => {
    const one = form()
    one.addOverride()
    Object.assign(one.overrides[0] ?? {}, { symbol: 'A', riskBudget: '2' })
    expect(one.input.riskBudgets).toBeUndefined()
    one.method = 'risk_parity'
    expect(one.input.riskBudgets).toEqual({ A: '2' })
  })

  it('says at its field what is wrong, with value, rule and fix', () => {
    const one = form()
    one.volatilityCap = '-3'
    expect(one.faults.volatilityCap).toBe(
      'Volatility is \u22123 % a year; give a number between 0 and 1,000 % a year, the ends left out, or leave it empty.',
    )
    one.volatilityCap = ''
    one.topCount = '2'
    expect(one.faults.topMax).toContain('Largest, most is empty')
    one.topCount = ''
    one.unread.upper = '1,2,3'
    expect(one.faults.upper).toContain('«1,2,3»')
    one.unread.upper = undefined
    one.addGroup()
    expect(one.isWrong).toBe(false)
    Object.assign(one.groups[0] ?? {}, { name: 'x', min: '30', max: '20' })
    expect(one.groups[0]?.faults.members).toContain('Members are empty')
    expect(one.groups[0]?.faults.max).toBe('Most is 20 %; give at least 30 %, the least.')
    expect(one.isWrong).toBe(true)
    one.drop(one.groups[0]?.id ?? -1)
    expect(one.isWrong).toBe(false)
    one.addOverride()
    Object.assign(one.overrides[0] ?? {}, { upper: '5' })
    expect(one.overrides[0]?.faults.symbol).toContain('Symbol is empty')
  })

  it('puts a refusal of the desk at the field it names, and any other in one place', () => {
    const place = (field?: string) =>
      form().place({ code: 'X', says: 'No.', ...(field === undefined ? {} : { field }) })
    expect(place('budget.max')).toEqual({ budgetMax: 'No.' })
    expect(place('topK.k')).toEqual({ topCount: 'No.' })
    expect(place('turnover')).toEqual({ turnover: 'No.' })
    expect(place('symbols')).toEqual({ symbols: 'No.' })
    expect(place('groups[0].max')).toEqual({ rest: 'No.' })
    expect(place()).toEqual({ rest: 'No.' })
  })
})

describe('names', () => {
  it('are parted by anything people part them with, each once', () => {
    expect(readNames(' A, B;C\n A ')).toEqual({ ok: true, names: ['A', 'B', 'C'] })
    expect(readNames('x'.repeat(121))).toMatchObject({ ok: false })
  })
})

describe('a past window', () => {
  it('needs both days in order, and is whole days of the zone', () => {
    const window = new WindowForm()
    expect(window.question('UTC')).toEqual({})
    window.from = '2026-03-09'
    expect(window.faults.to).toContain('To is empty')
    window.to = '2026-03-01'
    expect(window.faults.to).toContain('give a day after 2026-03-09')
    expect(window.question('UTC')).toEqual({})
    window.to = '2026-03-10'
    expect(window.question('UTC')).toEqual({ window: { from: Date.UTC(2026, 2, 9), to: Date.UTC(2026, 2, 11) } })
  })
})

describe('a second press', () => {
  let now = 0
  const acts = vi.fn()
  const press = (): SecondPress => new SecondPress(acts, () => now)
  beforeEach(() => {
    vi.useFakeTimers()
    acts.mockReset()
    now = 1_000
  })
  afterEach(() => vi.useRealTimers())

  it('acts only when it comes after a breath', () => {
    const one = press()
    one.press()
    expect(one.armed).toBe(true)
    now += 300
    one.press()
    expect(acts).not.toHaveBeenCalled()
    now += 400
    one.press()
    expect(acts).toHaveBeenCalledOnce()
    expect(one.armed).toBe(false)
  })

  it('is not made by a key that is held', () => {
    const one = press()
    for (let repeat = 0; repeat < 50; repeat++) {
      now += 100
      one.press(repeat > 0)
    }
    expect(acts).not.toHaveBeenCalled()
  })

  it('is forgotten after a while, and when it is called off', () => {
    const one = press()
    one.press()
    vi.advanceTimersByTime(6_000)
    expect(one.armed).toBe(false)
    now += 7_000
    one.press()
    one.cancel()
    now += 1_000
    one.press()
    expect(acts).not.toHaveBeenCalled()
    expect(one.armed).toBe(true)
  })
})
