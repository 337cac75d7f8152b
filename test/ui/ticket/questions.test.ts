import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Inverse, MethodComparison, MethodNumbers } from '../../../src/contract/what-if.ts'
import { Forecast } from '../../../src/ui/ticket/forecast.svelte.ts'
import { forecastUse } from '../../../src/ui/ticket/forecast-use.ts'
import { inverseLines, limitLines } from '../../../src/ui/ticket/inverse-lines.ts'
import { methodBars, methodColumns, methodSentence, methodTable } from '../../../src/ui/ticket/method-rows.ts'
import { Question } from '../../../src/ui/ticket/question.svelte.ts'
import { aDecision, aStep } from './decisions.ts'

describe('a question beside the ticket', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    return () => vi.useRealTimers()
  })

  it('is not asked while it is shut, and once for a burst of changes', async () => {
    const question = new Question<number>()
    const call = vi.fn(() => Promise.resolve(1))
    question.askSoon(call)
    await vi.advanceTimersByTimeAsync(500)
    expect(call).not.toHaveBeenCalled()
    question.open = true
    for (let press = 0; press < 5; press++) question.askSoon(call)
    await vi.advanceTimersByTimeAsync(500)
    expect(call).toHaveBeenCalledTimes(1)
    expect([question.value, question.asking]).toEqual([1, false])
  })

  it('drops an answer to an earlier question, and shows a refusal instead of old numbers', async () => {
    const question = new Question<number>()
    question.open = true
    let answerFirst: (value: number) => void = () => undefined
    question.askSoon(() => new Promise((resolve) => (answerFirst = resolve)))
    await vi.advanceTimersByTimeAsync(200)
    question.askSoon(() => Promise.resolve(2))
    await vi.advanceTimersByTimeAsync(200)
    answerFirst(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(question.value).toBe(2)
    question.askSoon(() => Promise.reject(new Error('socket closed')))
    await vi.advanceTimersByTimeAsync(200)
    expect([question.value, question.refusal?.code]).toEqual([undefined, 'CONNECTION_LOST'])
  })
})

describe('conviction and forecasts', () => {
  it('go to the desk as fractions of what is typed as per cent, exactly', () => {
    const forecast = new Forecast()
    expect(forecast.isEmpty).toBe(true)
    forecast.conviction = 'HIGH'
    forecast.expectedReturn = '-12.345'
    forecast.volatility = '30'
    forecast.signal = '-0.4'
    expect(forecast.request).toEqual({
      conviction: 'HIGH',
      signal: '-0.4',
      expectedReturn: '-0.12345',
      volatility: '0.3',
    })
    forecast.clear()
    expect(forecast.isEmpty).toBe(true)
  })

  it('send text that is no number as it is, so that it is refused and not left out', () => {
    const forecast = new Forecast()
    forecast.leaveUnread('volatility', '3x')
    expect(forecast.request.volatility).toBe('3x')
    expect(forecast.isEmpty).toBe(false)
  })

  it('say beside each field what makes use of it', () => {
    const propose = aStep('propose', 'kelly_vol', { facts: { volatility: '0.31' } })
    const scaled = [propose, aStep('adjust', 'signal', { factor: '0.4' })]
    const use = forecastUse(aDecision({ method: 'kelly_vol', steps: scaled }))
    expect(use).toMatchObject({ signal: '× 0.4', conviction: 'off in profile', volatility: 'used by method' })
    expect(use.measuredVolatility).toBe('0.31')
    const typed = forecastUse(aDecision({ method: 'kelly_vol', steps: [aStep('propose', 'request.quantity')] }))
    expect([typed.signal, typed.volatility]).toEqual(['quantity typed', 'not used now'])
  })
})

const aMethod = (method: string, more: Partial<MethodNumbers> = {}): MethodNumbers => ({
  method,
  title: method,
  proposes: 'risk',
  decidedWith: method,
  proposal: '7.0123456',
  afterBrakes: '6.5',
  afterCeilings: '5.25',
  quantity: '5',
  outcome: 'reduced',
  binding: 'daily_loss',
  bindingTitle: 'Daily loss',
  riskAmount: '368.7',
  riskFraction: '0.0036',
  weight: '1.2',
  reasons: [],
  says: 'Buy 5 MESZ6.',
  ...more,
})
const NONE = aMethod('none', {
  proposal: null,
  quantity: '0',
  outcome: 'rejected',
  reasons: [{ code: 'NO_EDGE', says: 'There is no edge.' }],
  says: 'Size 0. There is no edge.',
})
const COMPARED: MethodComparison = { symbol: 'MESZ6', currency: 'USD', chosen: 'a', rows: [aMethod('a'), NONE] }

describe('the comparison of methods on screen', () => {
  const cells = (row: MethodNumbers): readonly string[] => methodColumns.map(({ text }) => text(row))

  it('shows every stage, and the reason in the place of what set the size where there is none', () => {
    expect(cells(aMethod('a'))).toEqual(['a', '7.01', '6.5', '5.25', '5', '0.36 %', 'Daily loss'])
    expect(cells(NONE).slice(1)).toEqual(['–', '–', '–', '0', '0.36 %', 'NO_EDGE'])
    expect(cells(aMethod('a', { proposal: '0.01234567' }))[1]).toBe('0.012346')
    expect(methodSentence(NONE, 'USD')).toBe('Size 0. There is no edge.')
    expect(methodSentence(aMethod('a', { decidedWith: 'b' }), 'USD')).toContain('Sized by b')
  })

  it('draws three bars for each method that proposes, and tables the exact numbers of all', () => {
    expect(methodBars(COMPARED)).toEqual([{ label: 'a', values: [7.0123456, 6.5, 5.25] }])
    const { columns, rows } = methodTable(COMPARED)
    expect(rows.map((row) => row.length)).toEqual([columns.length, columns.length])
    expect(rows[0]?.slice(1, 5)).toEqual(['7.0123456', '6.5', '5.25', '5'])
    expect(rows[1]?.at(-1)).toBe('There is no edge.')
  })
})

const ANSWER: Inverse['answers'][number] = {
  unknown: 'stop',
  kind: 'found',
  bound: 'least',
  present: '4998.25',
  value: '5001',
  change: '2.75',
  step: '0.25',
  gives: '9',
  beyond: { value: '5000.75', gives: '8', binding: 'lot' },
  obstacle: null,
  says: 'Stop 5,001 or nearer allows 9.',
}
const INVERSE: Inverse = {
  quantity: '9',
  through: 'method',
  allowed: false,
  now: aDecision(),
  answers: [
    ANSWER,
    { ...ANSWER, unknown: 'equity', present: '103420', value: '126000', change: '22580' },
    { ...ANSWER, unknown: 'risk', bound: 'least', present: '0.005', value: '0.0061', change: '0.0011' },
    { ...ANSWER, unknown: 'entry', kind: 'never', value: null, change: null },
    { ...ANSWER, unknown: 'win_rate', kind: 'no_effect', present: null, value: null, change: null },
  ],
  limits: [
    {
      rule: 'daily_loss',
      title: 'Daily loss',
      code: 'DAILY_LOSS',
      unit: 'money',
      allows: '5',
      limit: '1000',
      needed: '1250',
      more: '250',
      setting: { path: 'ceilings.daily_loss.max', title: 'Most loss a day', from: '0.03', to: '0.0375' },
      says: 'Daily loss allows 5.',
    },
  ],
  moved: { enough: true, quantity: '9', says: 'Buy 9.' },
}

describe('what would allow a quantity, on screen', () => {
  it('writes each answer in its own unit, with the way it bounds', () => {
    const lines = inverseLines(INVERSE, '0.25')
    expect(lines.map(({ label, now, needed, change }) => [label, now, needed, change])).toEqual([
      ['Stop', '4,998.25', '≥ 5,001.00', '+2.75'],
      ['Equity', '103,420.00', '≥ 126,000.00', '+22,580.00'],
      ['Risk', '0.500 %', '≥ 0.610 %', '+0.110 %'],
      ['Entry', '4,998.25', 'none', '–'],
      ['Win rate', '–', 'no effect', '–'],
    ])
    expect(lines.map(({ value }) => value)).toEqual(['5001', '126000', '0.0061', undefined, undefined])
  })

  it('says how far each limit must move, and which setting that is', () => {
    expect(limitLines(INVERSE)).toEqual([
      {
        id: 'daily_loss',
        text: 'Daily loss allows 5: 1,000.00 would have to be 1,250.00 USD',
        setting: 'Most loss a day 3.00 % to 3.75 %',
      },
    ])
  })
})
