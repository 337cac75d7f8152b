import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import type { DecisionBody, Step } from '../../../src/domain/governor/decision.ts'
import { whatIf, type Change, type WhatIf } from '../../../src/domain/governor/what-if.ts'
import type { BookInput } from '../../../src/domain/inputs.ts'
import type { Reason } from '../../../src/domain/kernel/reason.ts'
import {
  book,
  DAY,
  inputs,
  NOW,
  position,
  profileOf,
  rawProfile,
  reading,
  share,
  type Told,
} from '../../support/sizing-fixtures.ts'

function asked(changes: readonly Change[], told: Told = {}, held: Partial<BookInput> = {}, body?: DecisionBody) {
  const [given, profile, positions] = [inputs(told), rawProfile(), book(held)]
  const decided = decide(given, valueBook(positions), profileOf(profile))
  return whatIf({ inputs: given, book: positions, profile, body: body ?? decided }, changes)
}

function answer(...of: Parameters<typeof asked>): WhatIf {
  const found = asked(...of)
  if (!found.ok) throw new Error(found.error.map(({ says }) => says).join(' '))
  return found.value
}

function refused(...of: Parameters<typeof asked>): readonly Reason[] {
  const found = asked(...of)
  return found.ok ? [] : found.error
}

const change = (path: string, value: string | null): readonly Change[] => [{ path, value }]

describe('a change', () => {
  it('is told with its group, title and both values, beside the stored decision under its mark', () => {
    const told = answer([...change('request.stop', '97.5'), ...change('ordersToday', '12')])
    expect(told.mark).toBe('WHAT-IF')
    expect(told.changes).toEqual([
      { path: 'request.stop', group: 'Order', title: 'Stop', from: '95', to: '97.5' },
      { path: 'ordersToday', group: 'Account', title: 'Orders today', from: '0', to: '12' },
    ])
    expect([told.stored.quantity, told.whatIf.quantity]).toEqual(['200', '400'])
  })

  it('of a reading is known now, by the question itself', () => {
    const old = { account: { equity: reading('100000', NOW - 9 * DAY) } }
    expect(answer([], old).whatIf.quantity).toBe('0')
    expect(answer(change('account.equity', '100000'), old).whatIf.quantity).toBe('200')
    const market = { request: { entry: 'market' } }
    expect(answer(change('last', '100'), market).whatIf.steps.find(({ rule }) => rule === 'inputs')?.says).toContain(
      '100 (what-if)',
    )
  })

  it('of a switch is true or false, of a count a whole number, and nothing else', () => {
    expect(answer(change('account.enabled', 'true')).whatIf.quantity).toBe('200')
    expect(answer(change('account.enabled', 'false')).whatIf.quantity).toBe('0')
    for (const value of [null, 'yes', ''])
      expect(refused(change('account.enabled', value))).toEqual([
        { code: 'INPUT_MALFORMED', field: 'account.enabled', says: 'Enabled must be true or false.' },
      ])
    for (const value of [null, '-1', '1.5', '1234567890', 'x', '', ' 1', '1 '])
      expect(refused(change('ordersToday', value))).toEqual([
        { code: 'INPUT_MALFORMED', field: 'ordersToday', says: 'Orders today must be a whole number, 0 or more.' },
      ])
    expect(answer(change('ordersToday', '123456789')).whatIf.reasons[0]?.code).toBe('THROTTLE')
  })

  it('of what is no input is refused, its path cut where it is endless', () => {
    const path = `request.${'x'.repeat(200)}`
    expect(refused(change(path, '1'))).toEqual([
      {
        code: 'INPUT_OUT_OF_RANGE',
        field: path,
        says: `${path.slice(0, 120)} is not an input of this decision that can be changed.`,
      },
    ])
  })

  it('of a profile that no longer reads is refused by its path, beside the other faults', () => {
    const faults = refused([...change('profile.brakes.drawdown.factor', '0.5'), ...change('nothing', '1')])
    expect(faults.map(({ field }) => field)).toEqual(['nothing', 'profile.brakes.drawdown.factor'])
  })

  it('of trades that were not known makes up their names and instants, and no number', () => {
    const all = ['wins', 'losses', 'scratches', 'meanWin', 'meanLoss'].map((key) => ({
      path: `edge.${key}`,
      value: key.startsWith('mean') ? '100' : key === 'scratches' ? '0' : key === 'wins' ? '60' : '40',
    }))
    const told = answer(all, { request: { method: 'kelly_trades' } })
    // Kelly 0.2, a quarter of it 5 %: the 2 % that one order may lose is 400 shares.
    expect([told.whatIf.quantity, told.whatIf.proposed]).toEqual(['400', '1000'])
  })

  it('of a position to nothing takes it out of the book, and leaves the others', () => {
    const held = {
      positions: [position({ quantity: '100' }), position({ spec: share({ symbol: 'BOLT' }), quantity: '60' })],
    }
    const gross = (changes: readonly Change[]) =>
      answer(changes, {}, held).whatIf.ladder.find(({ rule }) => rule === 'gross_exposure')?.before
    expect(gross(change('positions.0.quantity', '0'))).toBe('3000')
    expect(gross(change('positions.1.quantity', '0'))).toBe('5000')
    expect(gross(change('positions.1.quantity', '20'))).toBe('6000')
  })
})

describe('the two sides', () => {
  const step = (stage: Step['stage'], rule: string, says: string): Step => ({
    stage,
    rule,
    title: `Title of ${rule}`,
    before: '0',
    after: '0',
    factor: null,
    ceiling: null,
    passed: true,
    code: null,
    facts: {},
    says,
  })

  it('stand line by line, a line that fell away where it stood, a second one of a rule beside the second', () => {
    const { whatIf: plain } = answer([])
    const [request, resolved, ...rest] = plain.steps as readonly [Step, Step, ...Step[]]
    const first = step('adjust', 'gone', 'first')
    const last = step('gate', 'gone', 'last')
    const stored = {
      ...plain,
      steps: [first, request, step('propose', 'a', 'one'), step('propose', 'a', 'two'), resolved, ...rest, last],
    }
    const { steps } = answer([], {}, {}, stored)
    expect(steps.map(({ rule }) => rule)).toEqual([
      'gone',
      'request',
      'a',
      'a',
      ...[resolved, ...rest].map(({ rule }) => rule),
      'gone',
    ])
    expect(steps[0]).toEqual({ rule: 'gone', title: 'Title of gone', changed: true, stored: first, whatIf: null })
    expect(steps.slice(2, 4).map(({ stored: old }) => old?.says)).toEqual(['one', 'two'])
    expect(steps[1]).toMatchObject({ changed: false, title: 'Request', stored: request, whatIf: request })
    expect(steps.at(-1)).toMatchObject({ stored: last, whatIf: null, changed: true })
  })

  it('keep a line that fell away behind the one it followed, whatever is new before it, and rungs by their rule', () => {
    const { whatIf: plain } = answer([])
    const [request, , proposal, ...rest] = plain.steps as readonly [Step, Step, Step, ...Step[]]
    const stored = {
      ...plain,
      steps: [request, proposal, step('adjust', 'gone', ''), ...rest],
      ladder: plain.ladder.toReversed(),
    }
    const { steps, ladder } = answer([], {}, {}, stored)
    expect(steps.slice(0, 4).map(({ rule }) => rule)).toEqual(['request', 'inputs', 'fixed_risk', 'gone'])
    expect(ladder.some(({ changed }) => changed)).toBe(false)
  })

  it('tell a line that is new beside nothing', () => {
    const { whatIf: plain } = answer([])
    const { steps, ladder } = answer([], {}, {}, { ...plain, steps: [], ladder: [] })
    expect(steps.map(({ stored, whatIf: now, changed }) => [stored, now, changed])).toEqual(
      plain.steps.map((now) => [null, now, true]),
    )
    expect(ladder.map(({ rule, title, stored }) => [rule, title, stored])).toEqual(
      plain.ladder.map(({ rule, title }) => [rule, title, null]),
    )
  })

  it('are equal whatever order their members were stored in', () => {
    const { whatIf: plain } = answer([])
    const turned = plain.ladder.map(
      (rung) => Object.fromEntries(Object.entries(rung).toReversed()) as unknown as typeof rung,
    )
    expect(answer([], {}, {}, { ...plain, ladder: turned }).ladder.some(({ changed }) => changed)).toBe(false)
  })
})
