import { describe, expect, it } from 'vitest'
import { auditSentence } from '../../src/desk/audit-sentence.ts'
import type { AuditKind } from '../../src/desk/ports.ts'

const row = (kind: AuditKind, body: object): string =>
  auditSentence({ seq: 1, at: 0, kind, body: JSON.stringify(body), previous: '', hash: '' })

describe('a row of the audit log', () => {
  it('is told in a sentence, never as stored text', () => {
    expect(row('decision', { body: { says: 'Buy 5 AAPL.' } })).toBe('Buy 5 AAPL.')
    expect(row('strategy', { code: 'breakout', budget: '0.3' })).toBe(
      'Strategy breakout is saved: budget 0.3 of equity.',
    )
    expect(row('price', { symbol: 'AAPL', price: '187.2', source: 'typed' })).toBe('Price of AAPL: 187.2 (typed).')
    expect(row('import', { fileName: 'trades.csv', format: 'csv-fills' })).toBe('Import of trades.csv (csv-fills).')
    expect(row('profile', { name: 'discretionary', version: '2', inForce: false })).toContain('kept for replay')
  })

  it('keeps its own sentence where it has one', () => {
    expect(row('limit', { key: 'x', says: 'Daily loss is tightened.' })).toBe('Daily loss is tightened.')
  })
})
