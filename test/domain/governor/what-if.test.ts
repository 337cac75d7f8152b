import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import { changeableInputs } from '../../../src/domain/governor/what-if-inputs.ts'
import { whatIf, type Change } from '../../../src/domain/governor/what-if.ts'
import type { BookInput } from '../../../src/domain/inputs.ts'
import { canonical, type Plain } from '../../../src/domain/kernel/canonical.ts'
import {
  book,
  inputs,
  NOW,
  position,
  profileOf,
  rawProfile,
  reading,
  share,
  size,
  type Told,
} from '../../support/sizing-fixtures.ts'

const bytes = (value: object): string => canonical(value as unknown as Plain)

/** A decision as it is stored, with everything it was made from. */
function stored(told: Told = {}, held: Partial<BookInput> = {}) {
  const [given, profile, positions] = [inputs(told), rawProfile(), book(held)]
  return { inputs: given, book: positions, profile, body: decide(given, valueBook(positions), profileOf(profile)) }
}

function changed(changes: Readonly<Record<string, string | null>>, ...of: Parameters<typeof stored>) {
  const list = Object.entries(changes).map(([path, value]): Change => ({ path, value }))
  const answer = whatIf(stored(...of), list)
  if (!answer.ok) throw new Error(answer.error.map(({ says }) => says).join(' '))
  return answer.value
}

describe('a what-if', () => {
  it('with a changed request equals deciding that request', () => {
    const { whatIf: other, changes } = changed({ 'request.stop': '98', 'request.risk': '0.005' })
    expect(bytes(other)).toBe(bytes(size({ request: { stop: '98', risk: '0.005' } })))
    expect(changes).toEqual([
      { path: 'request.stop', group: 'Order', title: 'Stop', from: '95', to: '98' },
      { path: 'request.risk', group: 'Order', title: 'Risk', from: null, to: '0.005' },
    ])
  })

  it('marks the steps and rungs that differ, and only those', () => {
    const { steps, ladder } = changed({ 'profile.ceilings.risk_per_trade.max': '0.005' })
    expect(steps.filter((pair) => pair.changed).map(({ rule }) => rule)).toEqual(['risk_per_trade', 'lot', ...GATE])
    const moved = ladder.find(({ rule }) => rule === 'risk_per_trade')
    expect(moved).toMatchObject({ changed: true, stored: { allows: '400' }, whatIf: { allows: '100' } })
  })

  it('keeps a line that fell away beside nothing, where it stood', () => {
    const { steps, whatIf: other } = changed({ 'request.stop': null })
    expect(other.reasons[0]).toMatchObject({ code: 'INPUT_MISSING', field: 'request.stop' })
    const proposal = steps.find(({ rule }) => rule === 'fixed_risk')
    expect(proposal).toMatchObject({ changed: true, whatIf: null })
    expect(proposal?.stored).not.toBeNull()
    expect(steps.map(({ rule }) => rule).indexOf('request')).toBe(0)
  })

  it('takes equity, prices, ranges, trades, positions, switches and settings', () => {
    const told: Told = {
      atr: reading('2'),
      edge: {
        scope: 'a',
        window: '30 days',
        from: NOW - 1,
        to: NOW,
        wins: 30,
        losses: 25,
        scratches: 0,
        meanWin: '100',
        meanLoss: '100',
        source: 't',
      },
    }
    const held = { positions: [position({ symbol: 'HELD', quantity: '100' })] }
    const result = (changes: Readonly<Record<string, string | null>>, request: Told['request'] = {}): string =>
      changed(changes, { ...told, request }, held).whatIf.quantity
    expect(result({})).toBe('200')
    expect(result({ 'account.equity': '50000' })).not.toBe('200')
    expect(result({ atr: '4' }, { method: 'fixed_risk_atr' })).toBe('125')
    expect(result({ last: '105' }, { entry: 'market' })).toBe('100')
    expect(result({ 'edge.wins': '20' }, { method: 'kelly_trades' })).toBe('0')
    expect(result({ 'account.enabled': 'false' })).toBe('0')
    expect(result({ 'profile.methods.fixed_risk.risk': '0.02' })).toBe('400')
    const rung = (quantity: string) =>
      changed({ 'positions.0.quantity': quantity }, told, held).ladder.find(({ rule }) => rule === 'gross_exposure')
    expect(rung('300')?.whatIf?.before).toBe('15000')
    expect(rung('0')?.whatIf?.before).toBe('0')
  })

  it('asks for every number of trades that were not known, and makes none up', () => {
    const some = changed({ 'edge.wins': '30', 'request.method': 'kelly_trades' })
    expect(some.whatIf.quantity).toBe('0')
    expect(some.whatIf.reasons[0]?.field).toMatch(/^edge\./)
    const all = {
      'edge.wins': '30',
      'edge.losses': '25',
      'edge.scratches': '0',
      'edge.meanWin': '100',
      'edge.meanLoss': '100',
    }
    expect(Number(changed({ ...all, 'request.method': 'kelly_trades' }).whatIf.quantity)).toBeGreaterThan(0)
  })

  it('leaves the stored snapshot as it is', () => {
    const before = stored({}, { positions: [position()] })
    const bytesBefore = bytes(before)
    whatIf(before, [
      { path: 'request.stop', value: '99' },
      { path: 'positions.0.mark', value: '1' },
      { path: 'profile.general.gapLoss', value: '0.5' },
    ])
    expect(bytes(before)).toBe(bytesBefore)
  })

  it('refuses all faults at once, by path', () => {
    const answer = whatIf(stored(), [
      { path: 'request.stopp', value: '1' },
      { path: 'inputs.schema', value: '2' },
      { path: 'ordersToday', value: '-1' },
      { path: 'account.enabled', value: 'maybe' },
      { path: 'profile.ceilings.risk_per_trade.max', value: '2' },
    ])
    expect(answer.ok ? [] : answer.error.map(({ field }) => field)).toEqual([
      'request.stopp',
      'inputs.schema',
      'ordersToday',
      'account.enabled',
      'profile.ceilings.risk_per_trade.max',
    ])
  })

  it('judges a value as the desk does: text that is no number sizes to zero and says so', () => {
    const { whatIf: other } = changed({ 'request.stop': '1,234.5' })
    expect(other).toMatchObject({ quantity: '0', reasons: [{ code: 'INPUT_MALFORMED', field: 'request.stop' }] })
  })
})

describe('the inputs that can be changed', () => {
  it('are each a path of its own that takes its own value back without changing a byte', () => {
    const before = stored(
      { strategy: null, last: reading('100') },
      { positions: [position({ spec: share({ symbol: 'HELD' }) })] },
    )
    const all = changeableInputs(before)
    expect(new Set(all.map(({ path }) => path)).size).toBe(all.length)
    expect(all.length).toBeGreaterThan(120)
    const same = all.filter(({ value, path, isReading }) => value !== null && !isReading && !path.startsWith('edge.'))
    const answer = whatIf(
      before,
      same.map(({ path, value }) => ({ path, value })),
    )
    if (!answer.ok) throw new Error(answer.error.map(({ says }) => says).join(' '))
    expect(bytes(answer.value.whatIf)).toBe(bytes(before.body))
  })
})

const GATE = decide(inputs(), valueBook(book()), profileOf(rawProfile()))
  .steps.filter(({ stage }) => stage === 'gate')
  .map(({ rule }) => rule)
