import { describe, expect, it } from 'vitest'
import { accountEquity } from '../../../src/desk/gather-account.ts'
import type { ImportRoom } from '../../../src/desk/import/import-room.ts'
import { hasSharedData, onRealFiles, sharedBytes } from '../../importers/shared-data.ts'
import { commit, importNow, look, NOW, temporaryRoom } from './temporary-room.ts'

const bytes = (name: string): Uint8Array => sharedBytes(`ibflex/testIBFlexStatementFile${name}.xml`)

function equityOf(room: ImportRoom, at = NOW): number | string {
  const equity = accountEquity(room.book, room.account, at)
  return equity.ok ? Number(equity.value.equity) : equity.error.code
}

describe.skipIf(!hasSharedData)(onRealFiles('what a statement says was held before it'), () => {
  it('is proposed where the account has no balance, and booked only when that is accepted', async () => {
    const room = temporaryRoom({ currency: 'USD' })
    const asked = await look(room, 'march.xml', bytes('17'))
    expect(asked.preview.problems.filter(({ setting }) => setting === 'bookOpening')).toMatchObject([
      {
        severity: 'warning',
        choices: ['true', 'false'],
        says: expect.stringContaining('7,657.53529753 USD, 13 positions among it') as string,
      },
    ])
    expect(asked.preview.committable).toBe(true)
    const declined = await look(room, 'march.xml', bytes('17'), { bookOpening: false })
    expect(declined.preview.problems.filter(({ setting }) => setting === 'bookOpening')).toEqual([])
    expect(declined.preview.counts).toEqual(asked.preview.counts)
    await commit(room, declined)
    expect(room.book.fills('main')).toEqual([])
    expect(room.book.cashFlows('main', NOW).filter(({ kind }) => kind === 'opening')).toEqual([])
  })

  it('makes equity, cash and positions those of the statement, to a rounded cent', async () => {
    const room = temporaryRoom({ currency: 'USD' })
    const looked = await look(room, 'march.xml', bytes('17'), { bookOpening: true })
    expect(looked.preview.statement.length).toBeGreaterThan(14)
    expect(looked.preview.statement.filter(({ matches }) => !matches)).toEqual([])
    const done = await commit(room, looked)
    expect(done.added).toMatchObject({ fills: 13, cashFlows: 7 })
    // The broker's net asset value at both ends, less the dividends accrued, which are booked when they are paid.
    expect(equityOf(room, Date.UTC(2023, 2, 2, 5) - 1)).toBeCloseTo(7674.265297533 - 16.73, 2)
    expect(equityOf(room)).toBeCloseTo(7678.155297533 - 17.71, 2)
  })

  it('is booked once, and neither booked nor proposed where the account has a past', async () => {
    const room = temporaryRoom({ currency: 'USD' })
    await importNow(room, 'march.xml', bytes('17'), { bookOpening: true })
    const again = await look(room, 'march.xml', bytes('17'), { bookOpening: true })
    expect(again.preview.counts).toMatchObject({ fresh: 0, conflicts: 0 })
    expect(again.preview.problems.filter(({ setting }) => setting === 'bookOpening')).toEqual([])
    const other = await look(room, 'september.xml', bytes('28'), { bookOpening: true })
    expect(other.preview.kinds.map(({ kind }) => kind)).toEqual(['fills'])
    const paid = temporaryRoom({ currency: 'CHF' })
    const deposit = { accountId: 'main', kind: 'deposit', amount: '5', currency: 'CHF', accountAmount: '5' } as const
    paid.book.addCashFlow({ ...deposit, flowId: 'd', at: NOW, note: null, source: 'typed', batchId: null })
    const february = await look(paid, 'february.xml', bytes('14'), { bookOpening: true })
    expect(february.preview.kinds.find(({ kind }) => kind === 'cashFlows')).toMatchObject({ found: 2 })
  })

  it('is the cash of each currency where the statement lists no positions', async () => {
    const room = temporaryRoom({ currency: 'CHF', timeZone: 'Europe/Zurich' })
    const looked = await look(room, 'february.xml', bytes('14'), { bookOpening: true })
    expect(looked.preview.notes.join(' ')).toContain('0.52156656 CHF and 56.32032258 USD')
    const cash = looked.preview.statement.filter(({ what }) => what.includes('ash'))
    expect(cash).toHaveLength(4)
    expect(cash.filter(({ matches }) => !matches)).toEqual([])
    await commit(room, looked)
    const opening = room.book.cashFlows('main', NOW).filter(({ kind }) => kind === 'opening')
    expect(opening.map(({ currency, amount }) => [currency, amount])).toEqual([
      ['CHF', '0.521566563'],
      ['USD', '56.320322578'],
    ])
    // The broker's own sum in francs, at the rate of the day before.
    const francs = opening.reduce((sum, { accountAmount }) => sum + Number(accountAmount), 0)
    expect(Math.abs(francs - 52.122809312)).toBeLessThan(0.5)
  })

  it('is the broker’s sum in the base currency where it gives no rates', async () => {
    const room = temporaryRoom({ currency: 'EUR' })
    await importNow(room, 'year.xml', bytes('20'), { bookOpening: true })
    expect(room.book.cashFlows('main', NOW).filter(({ kind }) => kind === 'opening')).toMatchObject([
      { currency: 'EUR', amount: '2759.56526627', accountAmount: '2759.56526627' },
    ])
  })

  it('is the worth of the whole account where the positions are not listed', async () => {
    const room = temporaryRoom({ currency: 'USD' })
    const text = new TextDecoder().decode(bytes('17')).replace(/<MTMPerformanceSummaryUnderlying [^>]*\/>/g, '')
    const looked = await look(room, 'march.xml', text, { bookOpening: true })
    expect(looked.preview.notes.join(' ')).toContain('7,674.26529753 USD, and the statement does not list positions')
    await commit(room, looked)
    expect(equityOf(room, Date.UTC(2023, 2, 2, 5) - 1)).toBeCloseTo(7674.265297533, 9)
  })
})
