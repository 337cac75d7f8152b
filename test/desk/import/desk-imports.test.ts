import { describe, expect, it } from 'vitest'
import * as contract from '../../../src/contract/imports.ts'
import { openImports } from '../../../src/desk/import/desk-imports.ts'
import type { Workspace } from '../../../src/desk/workspace.ts'
import { hasSharedData, onRealFiles, sharedBytes } from '../../importers/shared-data.ts'
import { NOW, temporaryRoom } from './temporary-room.ts'

describe.skipIf(!hasSharedData)(onRealFiles('the imports slice'), () => {
  it('takes a file from base64 to the book and back, in answers that fit the contract', async () => {
    const room = temporaryRoom({ currency: 'USD', timeZone: 'America/New_York' })
    const told: string[] = []
    const workspace = {
      book: room.book,
      account: () => room.account,
      now: () => NOW,
      changed: (what: string) => told.push(what),
      posture: { windowId: '' },
      options: { ambient: room.ambient, importShelf: room.shelf },
    }
    const signal = new AbortController().signal
    const desk = openImports(workspace as unknown as Workspace)
    const content = Buffer.from(sharedBytes('lean/equity_usa_daily_aapl.zip')).toString('base64')

    const inspection = contract.Inspection.parse(
      await desk.inspect({ fileName: 'equity_usa_daily_aapl.zip', content }, signal),
    )
    const best = inspection.candidates[0]
    expect(best).toMatchObject({ format: 'csv-bars', settings: { symbol: 'AAPL', priceScale: '10000' } })
    const wanted = { uploadId: inspection.uploadId, format: 'csv-bars', settings: best?.settings ?? {} }
    const preview = contract.ImportPreview.parse(await desk.preview(wanted, signal))
    expect(preview).toMatchObject({ committable: true, counts: { fresh: 5849, known: 0, rejected: 0 } })
    expect(preview.first).toHaveLength(200)

    const commit = { ...wanted, previewId: preview.previewId, onProblem: 'refuse-file' as const }
    const done = contract.ImportDone.parse(await desk.commit(commit, signal))
    expect(done).toMatchObject({ added: { bars: 5849, instruments: 1 }, known: 0, conflicts: [] })
    expect(room.book.bars('AAPL', '1d', NOW, 1)[0]).toMatchObject({ close: '122.15' })
    expect(contract.BatchView.array().parse(await desk.batches(undefined, signal))).toHaveLength(1)

    await desk.undo({ batchId: done.batchId }, signal)
    expect(room.book.bars('AAPL', '1d', NOW, 1)).toEqual([])
    expect(told).toEqual(['ledger', 'ledger'])
    expect((await desk.formats(undefined, signal)).map(({ format }) => format)).toContain('ibkr-flex')
    expect(await desk.presets(undefined, signal)).toEqual([])
  })
})
