import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { DecisionRow } from '../../../src/contract/decisions.ts'
import { AuditScreen, type AuditSource } from '../../../src/ui/audit/audit-screen.svelte.ts'
import { allDecisions, decisionsCsv, decisionsJson } from '../../../src/ui/audit/export-decisions.ts'
import { OneDecision } from '../../../src/ui/audit/one-decision.svelte.ts'

function aRow(seq: number, changed: Partial<DecisionRow> = {}): DecisionRow {
  return {
    decisionId: `decision-${seq}`,
    seq,
    recordedAt: Date.UTC(2026, 7, 1),
    at: Date.UTC(2026, 7, 1),
    accountId: 'a',
    kind: 'entry',
    symbol: 'AAPL',
    side: 'buy',
    strategy: null,
    method: 'fixed_risk',
    outcome: 'approved',
    quantity: '5',
    proposed: '7.01',
    notional: '1000.50',
    riskAmount: '-368.70',
    binding: null,
    code: null,
    says: 'Buy 5 AAPL.',
    hash: 'ab'.repeat(32),
    ...changed,
  }
}

interface Query {
  readonly limit: number
  readonly beforeSeq?: number
  readonly symbol?: string
}

/** A desk with decisions 1 to `count`, newest first. */
function deskWith(count: number) {
  const queries: Query[] = []
  const state = { broken: false }
  const client = {
    decisions: {
      list: (query: Query) => {
        queries.push(query)
        if (state.broken) return Promise.reject(new Error('socket closed'))
        const from = Math.min(count, (query.beforeSeq ?? count + 1) - 1)
        const rows = Array.from({ length: Math.min(query.limit, from) }, (_, index) => aRow(from - index))
        return Promise.resolve({ rows, total: count })
      },
    },
    audit: { verify: () => Promise.reject(new Error('socket closed')) },
  }
  return { desk: { client, timeZone: 'UTC' } as unknown as AuditSource, queries, state }
}

describe('the list of decisions', () => {
  it('comes page after page until all are there', async () => {
    const { desk, queries } = deskWith(230)
    const screen = new AuditScreen(desk)
    await screen.load()
    await screen.older()
    await screen.older()
    await screen.older()
    expect(screen.rows?.map(({ seq }) => seq)).toEqual(Array.from({ length: 230 }, (_, index) => 230 - index))
    expect(queries).toHaveLength(3)
  })

  it('stays as long as it was when a decision is added', async () => {
    const { desk, queries } = deskWith(230)
    const screen = new AuditScreen(desk)
    await screen.load()
    await screen.older()
    await screen.load()
    expect(queries.map(({ limit }) => limit)).toEqual([100, 100, 200])
  })

  describe('while one types', () => {
    beforeEach(() => {
      vi.useFakeTimers()
      return () => vi.useRealTimers()
    })

    it('asks for what was typed last, and for nothing that is not understood', async () => {
      const { desk, queries } = deskWith(3)
      const screen = new AuditScreen(desk)
      screen.type('symbol:A')
      screen.type('symbol:AA')
      await vi.advanceTimersByTimeAsync(500)
      expect(queries.map(({ symbol }) => symbol)).toEqual(['AA'])
      screen.type('outcome:maybe')
      await vi.advanceTimersByTimeAsync(500)
      expect(queries).toHaveLength(1)
      expect(screen.search.ok).toBe(false)
    })
  })

  it('says why the log could not be verified', async () => {
    const screen = new AuditScreen(deskWith(1).desk)
    expect(await screen.verify()).toBeUndefined()
    expect(screen.verifyRefusal?.code).toBe('CONNECTION_LOST')
    expect(screen.verifying).toBe(false)
  })
})

describe('the export', () => {
  it('reads every page of the filter', async () => {
    const { desk } = deskWith(1203)
    const found = await allDecisions(desk.client, {})
    expect('rows' in found ? found.rows.length : 0).toBe(1203)
  })

  it('is refused as a whole when one page cannot be read', async () => {
    const { desk, state } = deskWith(1203)
    state.broken = true
    expect(await allDecisions(desk.client, {})).toHaveProperty('refusal.code', 'CONNECTION_LOST')
  })

  it('guards text against formulas and leaves numbers as numbers', () => {
    const csv = decisionsCsv([aRow(1, { says: '=HYPERLINK("x")', strategy: '@sum', symbol: 'A,B' })])
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
    expect(csv).toContain(`'@sum`)
    expect(csv).toContain('"A,B"')
    expect(csv).toContain(',-368.70,')
    expect(csv).toContain('2026-08-01T00:00:00.000Z')
  })

  it('keeps decimals as text in JSON', () => {
    expect(JSON.parse(decisionsJson([aRow(1)]))).toMatchObject([
      { quantity: '5', notional: '1000.50', recordedAt: '2026-08-01T00:00:00.000Z' },
    ])
  })
})

describe('one decision', () => {
  it('is the one asked for last, and its replay goes with it', async () => {
    const answers = new Map<string, (detail: unknown) => void>()
    const client = {
      decisions: {
        get: ({ decisionId }: { decisionId: string }) =>
          new Promise((resolve) => answers.set(decisionId, (detail) => resolve(detail))),
        replay: () => Promise.resolve({ identical: true, differences: [] }),
      },
    }
    const one = new OneDecision({ client } as unknown as ConstructorParameters<typeof OneDecision>[0])
    const detail = (decisionId: string) => ({ decision: { decisionId }, inputs: [], previousHash: '' })
    const first = one.show('one')
    const second = one.show('two')
    answers.get('two')?.(detail('two'))
    await second
    answers.get('one')?.(detail('one'))
    await first
    expect(one.detail?.decision.decisionId).toBe('two')
    await one.again()
    expect(one.replay?.identical).toBe(true)
    const third = one.show('three')
    expect(one.replay).toBeUndefined()
    answers.get('three')?.(detail('three'))
    await third
    expect(one.detail?.decision.decisionId).toBe('three')
  })
})
