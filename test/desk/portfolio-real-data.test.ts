import { describe, expect, it } from 'vitest'
import { unpackMatrix } from '../../src/contract/matrix-codec.ts'
import { hasSharedData, onRealFiles, sharedBytes } from '../importers/shared-data.ts'
import { EMPTY, tradingRoom, type TradingRoom } from './trading-room.ts'

/** A book with one real table of prices, its clock a day after their end. */
async function bookOf(fileName: string, now: number): Promise<TradingRoom> {
  const room = tradingRoom(undefined, { now })
  await room.calls.books.create({ ...EMPTY, equity: '1000000' })
  const content = Buffer.from(sharedBytes(fileName)).toString('base64')
  const { uploadId, candidates } = await room.calls.imports.inspect({ fileName, content })
  const [best] = candidates
  const reading = { uploadId, format: best?.format ?? '', settings: best?.settings ?? {} }
  const preview = await room.calls.imports.preview(reading)
  const done = await room.calls.imports.commit({ ...reading, previewId: preview.previewId, onProblem: 'refuse-file' })
  expect(done.added.bars).toBeGreaterThan(100_000)
  return room
}

describe.skipIf(!hasSharedData)(onRealFiles('real prices with their gaps'), { timeout: 180_000 }, () => {
  it.each([
    ['pypfopt_stock_prices.csv', Date.UTC(2018, 3, 12, 15), 'BABA', 2_000],
    ['skfolio_sp500_dataset.csv.gz', Date.UTC(2022, 11, 29, 15), 'AMD', 2_000],
  ])('of %s are imported, studied, denoised, weighed and planned', async (file, now, symbol, lookback) => {
    const room = await bookOf(file, now)
    const study = await room.calls.portfolio.study({ lookback })
    expect(study.assets).toHaveLength(20)
    const n = study.symbols.length
    const denoised = unpackMatrix(study.denoised, n, 1)
    expect(denoised.every((value) => value > -1 && value <= 1 + 1e-12)).toBe(true)
    expect(study.signals).toBeGreaterThanOrEqual(1)
    expect(study.signals).toBeLessThan(n / 2)
    const coverage = study.assets.find((asset) => asset.symbol === symbol)
    const late = file.startsWith('pypfopt')
    expect(coverage?.before ?? -1).toBe(late ? (coverage?.before ?? 0) : 0)
    if (late) {
      // Alibaba went public in September 2014: more than half of the periods are missing, and stay so.
      expect(coverage?.before).toBeGreaterThan(1_000)
      expect(coverage?.says).toContain('before its first bar')
      expect(study.missingPairs).toBeGreaterThan(19)
    } else expect(study.missingPairs).toBe(0)
    const found = await room.calls.portfolio.optimise({
      method: 'kelly_mvo',
      turnover: 1,
      volatilityCap: 0.2,
      topK: { k: 3, max: 0.6 },
    })
    expect(found.status).toBe('optimal')
    expect(found.proposed?.volatility).toBeLessThanOrEqual(0.2 + 1e-8)
    const targets = found.assets.map((asset) => ({ symbol: asset.symbol, weight: asset.proposed ?? 0 }))
    const plan = await room.calls.portfolio.plan({ targets, stop: 0.1 })
    expect(plan.orders.length).toBeGreaterThan(2)
    expect(plan.orders.every(({ decision }) => decision.says !== '')).toBe(true)
    expect(room.lines).toEqual([])
  })
})
