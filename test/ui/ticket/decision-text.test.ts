import { describe, expect, it } from 'vitest'
import { apart, atrBand, priceRange, type DrawnBars } from '../../../src/ui/charts/price-model.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { afterLines, distanceText, inWords, ladderRungs, outcomeRows } from '../../../src/ui/ticket/decision-text.ts'
import { orderLine } from '../../../src/ui/ticket/order-line.ts'
import { allSteps, stageLines } from '../../../src/ui/ticket/step-text.ts'
import { aDecision, aRung, aStep, someFacts } from './decisions.ts'

chooseLocale('en-US')

describe('the ladder', () => {
  it('puts the binding limit first and the others by what they allow, without those that do not limit', () => {
    const relax = { oneMoreLot: '42.44', fullProposal: null, says: 'Raise it.' }
    const ladder = [
      aRung('cluster', '7'),
      aRung('order_qty', null),
      aRung('margin', '21'),
      aRung('daily_loss', '5', { whatWouldRelax: relax }),
    ]
    const rungs = ladderRungs(aDecision({ ladder }))
    expect(rungs.map(({ id, binds }) => [id, binds])).toEqual([
      ['daily_loss', true],
      ['cluster', false],
      ['margin', false],
    ])
    expect(rungs[0]).toMatchObject({ allows: '5', oneMore: '+42.44' })
  })

  it('opens with the check that refused, at 0, when no limit did', () => {
    const decision = aDecision({
      outcome: 'rejected',
      quantity: '0',
      binding: 'quote_age',
      ladder: [aRung('daily_loss', '5')],
      steps: [aStep('gate', 'quote_age', { title: 'Quote age', passed: false, code: 'QUOTE_STALE' })],
      reasons: [{ code: 'QUOTE_STALE', says: 'The last price is old.' }],
    })
    expect(ladderRungs(decision).map(({ label, allows, binds }) => [label, allows, binds])).toEqual([
      ['Quote age', '0', true],
      ['daily loss', '5', false],
    ])
  })

  it('opens with the brake or the proposal that set the size, when no limit did', () => {
    const decision = aDecision({
      binding: 'drawdown',
      ladder: [aRung('daily_loss', '9')],
      steps: [aStep('adjust', 'drawdown', { title: 'Drawdown', before: '7', after: '5.9951' })],
    })
    expect(ladderRungs(decision).map(({ label, allows, binds }) => [label, allows, binds])).toEqual([
      ['Drawdown', '6', true],
      ['daily loss', '9', false],
    ])
  })

  it('shows the fullest limits after the order first, and what is unknown as stale', () => {
    const ladder = [
      aRung('calm', '9', { utilisation: '0.3' }),
      aRung('full', '5', { utilisationBefore: '0.8', utilisation: '0.984', state: 'near' }),
      aRung('dark', '0', { utilisationBefore: null, utilisation: null, state: 'unknown' }),
    ]
    expect(afterLines(aDecision({ ladder }), 2)).toEqual([
      { id: 'dark', label: 'dark', used: undefined, after: undefined, now: 'stale', then: 'stale' },
      { id: 'full', label: 'full', used: 0.8, after: 0.984, now: 'near', then: 'near' },
    ])
  })
})

describe('if it goes to', () => {
  it('gives money, R and share of equity after costs at target, break-even, stop and bad stop', () => {
    const rows = outcomeRows(aDecision(), someFacts(), '103420')
    expect(
      rows.map(({ name, price, money, multiple, equity, way }) => [name, price, money, multiple, equity, way]),
    ).toEqual([
      ['target', '5,040.25', '+693.80', '+1.34', '+0.67 %', 'gain'],
      ['break-even', '5,013.00', '+0.05', '0.00', '0.00 %', 'plain'],
      ['stop', '4,998.25', '\u2212368.70', '\u22120.71', '\u22120.36 %', 'loss'],
      ['3× slippage', '4,998.25', '\u2212393.70', '\u22120.76', '\u22120.38 %', 'loss'],
    ])
  })

  it('puts break-even below the entry for a short, and says nothing for a size of zero', () => {
    const short = outcomeRows(aDecision({ side: 'sell', stop: '5026.25', target: null }), someFacts(), '103420')
    expect(short.map(({ name, price }) => [name, price])[0]).toEqual(['break-even', '5,011.50'])
    expect(outcomeRows(aDecision({ quantity: '0' }), someFacts(), '103420')).toEqual([])
  })

  it('measures distances in ticks and points whichever way they go', () => {
    expect(distanceText('5012.25', '4998.25', '0.25')).toEqual({ ticks: '56 tk', points: '14.00 pt' })
    expect(distanceText('1.08', '1.0815', '0.0001')).toEqual({ ticks: '15 tk', points: '0.0015 pt' })
  })
})

describe('in words', () => {
  it('is one line with plain digits for a terminal', () => {
    expect(orderLine(aDecision({ target: null }))).toBe('BUY 5 MESZ6, entry 5012.25, stop 4998.25')
    expect(orderLine(aDecision({ side: 'sell', quantity: '0.25' }))).toMatch(/^SELL 0\.25 /)
  })

  it('calls fields by their names and not by their paths', () => {
    expect(inWords('Size 0. request.stop is missing: request.entry is too.')).toBe(
      'Size 0. The stop is missing: the entry is too.',
    )
  })
})

describe('how it came about', () => {
  const steps = [
    aStep('validate', 'request'),
    aStep('propose', 'fixed_risk', { after: '7.0126139', says: '517.10 ÷ 73.74' }),
    aStep('adjust', 'drawdown', { title: 'Drawdown', factor: '1' }),
    aStep('ceiling', 'cluster', { ceiling: '7' }),
    aStep('ceiling', 'daily_loss', { ceiling: '5.42446', says: 'The buffer is 400.00.' }),
    aStep('round', 'lot', { before: '5.42', after: '5' }),
    aStep('gate', 'collar'),
    aStep('gate', 'session', { passed: false, says: 'The session is closed.' }),
  ]

  it('tells one line a stage, with the limit that binds and the checks that passed', () => {
    expect(stageLines(aDecision({ steps })).map(({ stage, sentence, result }) => [stage, sentence, result])).toEqual([
      ['Propose', '517.10 ÷ 73.74', '7.0126'],
      ['Adjust', 'drawdown: none', '× 1'],
      ['Ceiling', 'The buffer is 400.00.', '5.4244'],
      ['Round', 'lot leaves it.', '5'],
      ['Gate', 'The session is closed.', '1 of 2'],
    ])
  })

  it('tells every step when asked for the derivation', () => {
    expect(allSteps(aDecision({ steps })).map(({ result }) => result)).toEqual([
      '7',
      '7.0126',
      '× 1',
      '7',
      '5.4244',
      '5',
      'passed',
      'blocked',
    ])
  })
})

describe('the price plot', () => {
  const bars: DrawnBars = {
    at: [0, 1, 2],
    open: [10, 11, 12],
    high: [12, 13, 14],
    low: [9, 10, 11],
    close: [11, 12, 13],
    atr: [null, 2, 3],
    atrPeriod: 2,
  }

  it('draws the band around the mean only where the range is known', () => {
    expect(atrBand(bars)).toEqual([
      null,
      { mean: 11.5, above: 13.5, below: 9.5 },
      { mean: 12.5, above: 15.5, below: 9.5 },
    ])
  })

  it('holds every bar and every line nearby, and is not squeezed by a line far away', () => {
    const range = priceRange(bars, [
      { id: 'stop', price: 8 },
      { id: 'target', price: 900 },
    ])
    expect(range.low).toBeLessThan(8)
    expect(range.high).toBeGreaterThan(14)
    expect(range.high).toBeLessThan(20)
  })

  it('keeps tags a gap apart, in their order and inside the plot', () => {
    expect(apart([10, 100, 50], 26, 200)).toEqual([10, 100, 50])
    expect(apart([50, 55, 52], 26, 200)).toEqual([50, 102, 76])
    expect(apart([190, 195, 199], 26, 200)).toEqual([148, 174, 200])
  })

  it('has a range without bars', () => {
    const none: DrawnBars = { at: [], open: [], high: [], low: [], close: [], atr: [], atrPeriod: 14 }
    const range = priceRange(none, [{ id: 'entry', price: 100 }])
    expect(range.low).toBeLessThan(100)
    expect(range.high).toBeGreaterThan(100)
    expect(priceRange(none, [])).toEqual({ low: 0, high: 1 })
  })
})
