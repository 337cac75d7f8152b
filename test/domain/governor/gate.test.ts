import { describe, expect, it } from 'vitest'
import { book, codes, DAY, inputs, NOW, position, reading, share, size } from '../../support/sizing-fixtures.ts'
import { BLOCKED, FREE, gate, SATURDAY } from './gate-cases.ts'

describe('the gate', () => {
  it.each(BLOCKED)('$rule blocks where $says', ({ rule, told, held = {}, profile = FREE, reason }) => {
    const decision = size(told, held, profile)
    expect([decision.quantity, decision.outcome]).toEqual(['0', 'rejected'])
    expect(decision.binding).toBe(rule)
    expect(codes(decision)[0]).toBe(reason)
    const step = decision.steps.find((one) => one.stage === 'gate' && one.rule === rule)
    expect([step?.passed, step?.after]).toEqual([false, '0'])
  })

  it('blocks none of them where all is well, and keeps every check as a step', () => {
    const decision = size({ last: reading('100'), request: { target: '110' } }, { positions: [position()] })
    expect(decision.outcome).not.toBe('rejected')
    const gateSteps = decision.steps.filter(({ stage }) => stage === 'gate')
    expect(gateSteps.every(({ passed }) => passed)).toBe(true)
    expect(new Set(BLOCKED.map(({ rule }) => rule))).toEqual(
      new Set(gateSteps.map(({ rule }) => rule).filter((rule) => rule !== 'minimum_sharpe')),
    )
  })

  it('keeps the full decision of a blocked order: proposal, ladder, steps and what it would have been', () => {
    const blocked = size({ account: { enabled: false } })
    const free = size()
    expect([blocked.proposed, blocked.ladder.length]).toEqual([free.proposed, free.ladder.length])
    expect(blocked.steps.map(({ rule }) => rule)).toEqual(free.steps.map(({ rule }) => rule))
  })

  it('lets a quote be stale where the entry is typed on paper, and says so', () => {
    const decision = size({ last: reading('200', NOW - 30 * DAY) }, {}, gate({}))
    expect(decision.quantity).toBe('200')
    expect(decision.steps.find(({ rule }) => rule === 'price_collar')?.says).toContain('Not compared')
  })

  it('tells every check that blocks, not only the first', () => {
    const decision = size(
      { account: { enabled: false }, instrument: share({ restricted: true }), request: { stop: '101', target: '90' } },
      {},
      FREE,
    )
    expect(decision.reasons.map(({ code }) => code).slice(0, 4)).toEqual([
      'NOT_ENABLED',
      'RESTRICTED',
      'STOP_WRONG_SIDE',
      'TARGET_WRONG_SIDE',
    ])
  })

  it('knows the weekend of each market: crypto has none, futures and FX open on Sunday evening', () => {
    const always = gate({ session: { applies: 'always' } })
    const at = (calendar: 'equity' | 'crypto' | 'fx' | 'futures', when: number): string => {
      const account = { equity: reading('100000', when), peakEquity: reading('100000', when) }
      return size({ at: when, instrument: share({ calendar }), account }, book({ at: when }), always).quantity
    }
    const sundayEvening = NOW + 2 * DAY + 7.5 * 3_600_000
    expect(['equity', 'crypto', 'fx', 'futures'].map((calendar) => at(calendar as 'equity', SATURDAY) !== '0')).toEqual(
      [false, true, false, false],
    )
    expect(['equity', 'fx', 'futures'].map((calendar) => at(calendar as 'equity', sundayEvening) !== '0')).toEqual([
      false,
      true,
      true,
    ])
    expect(inputs().at).toBe(Date.UTC(2026, 9, 30, 15))
  })
})
