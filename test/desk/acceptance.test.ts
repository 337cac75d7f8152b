import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ImportPreview } from '../../src/contract/imports.ts'
import { hasSharedData, onRealFiles, sharedBytes } from '../importers/shared-data.ts'
import { EMPTY, paperRoom, tradingRoom, type TradingRoom } from './trading-room.ts'

/** Imports a real file as a trader does: the best guess, looked at, then written. */
async function importReal(room: TradingRoom, path: string): Promise<ImportPreview> {
  const content = Buffer.from(sharedBytes(path)).toString('base64')
  const { uploadId, candidates } = await room.calls.imports.inspect({ fileName: basename(path), content })
  const [best] = candidates
  if (best === undefined) throw new Error(`${path} is not recognised`)
  const reading = { uploadId, format: best.format, settings: best.settings }
  const preview = await room.calls.imports.preview(reading)
  await room.calls.imports.commit({ ...reading, previewId: preview.previewId, onProblem: 'refuse-file' })
  return preview
}

/** Average true range after Wilder, seeded with the mean of the first 14 true ranges from the second bar on; written from its definition. */
function wilder(bars: readonly { high: number; low: number; close: number }[], period = 14): number {
  const ranges = bars.slice(1).map(({ high, low }, index) => {
    const before = bars[index]?.close ?? Number.NaN
    return Math.max(high - low, Math.abs(high - before), Math.abs(low - before))
  })
  const seed = ranges.slice(0, period).reduce((sum, range) => sum + range, 0) / period
  return ranges.slice(period).reduce((mean, range) => (mean * (period - 1) + range) / period, seed)
}

describe.skipIf(!hasSharedData)(onRealFiles('from real files to a proven decision'), () => {
  it(
    'sizes AAPL by the range of its imported bars, finds the decision after a restart, and proves it',
    { timeout: 60_000 },
    async () => {
      const room = await paperRoom(null)
      await room.calls.account.addCashFlow({ kind: 'opening', amount: '100000', at: Date.UTC(1998, 0, 1), note: null })
      await importReal(room, 'lean/equity_usa_daily_aapl.zip')
      const [account] = room.book().accounts()
      expect(account).toBeDefined()
      const all = room.book().bars('AAPL', '1d', room.clock.now, 100_000)
      const last = all.at(-1)
      if (last === undefined) throw new Error('no bars were imported')
      const asOf = last.at + 86_400_000
      const request = { symbol: 'AAPL', side: 'buy', entry: 'market', method: 'fixed_risk_atr' } as const
      const decided = await room.calls.sizing.decide({ request, asOf })
      expect(decided.entry).toBe(String(Number(last.close)))

      const range = wilder(
        all.map(({ high, low, close }) => ({ high: Number(high), low: Number(low), close: Number(close) })),
      )
      const distance = Number(decided.entry) - Number(decided.stop)
      expect(Math.abs(distance / 2 - range) / range).toBeLessThan(1e-6)
      expect(Number(decided.quantity)).toBe(Math.floor(1_000 / (2 * range)))

      const again = room.restart()
      const { rows } = await again.calls.decisions.list({ symbol: 'AAPL' })
      expect(rows.map(({ decisionId }) => decisionId)).toEqual([decided.decisionId])
      expect(await again.calls.decisions.replay({ decisionId: decided.decisionId })).toMatchObject({ identical: true })
      expect(await again.calls.audit.verify()).toMatchObject({ verdict: 'verified-anchored', head: decided.hash })
      again.workspace.close()
    },
  )

  it.each([
    ['ibflex/testIBFlexStatementFile14.xml', 'CHF'],
    ['ibflex/testIBFlexStatementFile17.xml', 'USD'],
  ])('imports %s so that fees and profits agree with its own totals', async (path, currency) => {
    const room = tradingRoom()
    await room.calls.books.create({ ...EMPTY, currency, equity: null })
    const preview = await importReal(room, path)
    const stated = preview.statement.filter(({ what }) => /^(Commissions|Realised profit|Change of cash)/.test(what))
    expect(stated.length).toBeGreaterThan(0)
    expect(stated.filter(({ matches }) => !matches)).toEqual([])
    expect(preview.skipped.every(({ says }) => says.length > 10)).toBe(true)
    const { accountId } = room.workspace.account()
    const fills = preview.kinds.find(({ kind }) => kind === 'fills')?.found ?? 0
    expect(room.book().fills(accountId)).toHaveLength(fills)
  })
})

it('reads gzip as it reads plain text', async () => {
  // The same reader stands behind both; this keeps the command line's promise that a packed file may be given as it is.
  const text = 'Date,Open,High,Low,Close\n2026-02-02,10,11,9,10.5\n2026-02-03,10.5,12,10,11\n'
  const { gzipSync } = await import('node:zlib')
  const packed = gzipSync(text)
  expect(gunzipSync(packed).toString()).toBe(text)
  const room = await paperRoom('1000')
  const { candidates } = await room.calls.imports.inspect({
    fileName: 'sap.csv.gz',
    content: packed.toString('base64'),
  })
  expect(candidates[0]?.format).toBe('csv-bars')
})
