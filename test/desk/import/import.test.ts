import { describe, expect, it } from 'vitest'
import { savePreset, listPresets } from '../../../src/desk/import/presets.ts'
import { inspectFile } from '../../../src/desk/import/inspect-file.ts'
import { previewImport } from '../../../src/desk/import/preview-import.ts'
import { listBatches, undoImport } from '../../../src/desk/import/undo-import.ts'
import { DeskRefusal } from '../../../src/desk/refusal.ts'
import { ImportPreview, Inspection } from '../../../src/contract/imports.ts'
import { bytesOf } from '../../importers/reading.ts'
import { digest, HEADER, row } from './fill-lines.ts'
import { commit, importNow, look, temporaryRoom } from './temporary-room.ts'

describe('importing', () => {
  it('writes nothing before it is told to, and then exactly what the preview counted', async () => {
    const room = temporaryRoom()
    const looked = await look(
      room,
      'fills.csv',
      HEADER + row(1) + row(2, 'sell', '1', '12') + 'nonsense,SAP,buy,1,1,0,EUR\n',
    )
    expect(looked.preview.counts).toMatchObject({ fresh: 2, known: 0, rejected: 1 })
    expect(looked.preview.effect.symbols).toMatchObject([
      { symbol: 'SAP', quantityBefore: '0', quantityAfter: '0', realisedBefore: '0', realisedAfter: '0.5' },
    ])
    expect(looked.preview.effect.cash).toEqual([{ currency: 'EUR', before: '0', after: '0.5' }])
    expect(room.book.fills('main')).toEqual([])
    expect(room.book.batches()).toEqual([])
    const done = await commit(room, looked)
    expect(done).toMatchObject({ added: { fills: 2, instruments: 1 }, known: 0, skipped: 1 })
    expect(room.book.trades('main').map(({ profit }) => profit)).toEqual(['0.5'])
  })

  it('fits the contract that carries it', async () => {
    const room = temporaryRoom()
    const { inspection, preview } = await look(room, 'fills.csv', HEADER + row(1) + row(1) + 'x\n')
    expect(Inspection.parse(inspection)).toEqual(inspection)
    expect(ImportPreview.parse(preview)).toEqual(preview)
  })

  it('refuses to write what was not previewed exactly so', async () => {
    const room = temporaryRoom()
    const looked = await look(room, 'fills.csv', HEADER + row(1))
    await expect(commit(room, { ...looked, settings: { ...looked.settings, currency: 'USD' } })).rejects.toThrow(
      'look at the preview again',
    )
    const other = await look(room, 'other.csv', HEADER + row(2))
    await expect(commit(room, { ...other, preview: looked.preview })).rejects.toThrow('look at the preview again')
    expect(room.book.fills('main')).toEqual([])
  })

  it('refuses a file received anew until it has been previewed anew', async () => {
    const room = temporaryRoom()
    const looked = await look(room, 'fills.csv', HEADER + row(1))
    const inspection = await inspectFile(room, { fileName: 'fills.csv', content: bytesOf(HEADER + row(1)) })
    await expect(commit(room, { ...looked, inspection })).rejects.toThrow('look at the preview again')
    expect((await commit(room, looked)).added.fills).toBe(1)
  })

  it('writes once what it is told to write twice at a time', async () => {
    const room = temporaryRoom()
    const looked = await look(room, 'fills.csv', HEADER + row(1))
    const both = await Promise.allSettled([commit(room, looked), commit(room, looked)])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(room.book.batches()).toHaveLength(1)
  })

  it('writes nothing into a book that is no longer the open one', async () => {
    const room = temporaryRoom()
    const looked = await look(room, 'fills.csv', HEADER + row(1))
    const refuseWriting = (): void => {
      throw new DeskRefusal('CONFLICT', 'Another book was opened meanwhile.')
    }
    await expect(commit({ ...room, refuseWriting }, looked)).rejects.toThrow('Another book')
    expect(room.book.fills('main')).toEqual([])
  })

  it('forgets a file after half an hour', async () => {
    const room = temporaryRoom()
    const looked = await look(room, 'fills.csv', HEADER + row(1))
    room.clock.now += 30 * 60_000
    await expect(commit(room, looked)).rejects.toThrow('choose it again')
  })

  it('writes nothing of a file with a problem when so chosen', async () => {
    const room = temporaryRoom()
    const text = HEADER + row(1) + 'nonsense,SAP,buy,1,1,0,EUR\n'
    const looked = await look(room, 'fills.csv', text)
    await expect(commit(room, looked, 'refuse-file')).rejects.toThrow('Line 3')
    expect(room.book.fills('main')).toEqual([])
    expect((await commit(room, looked, 'skip-rows')).added.fills).toBe(1)
  })

  it('writes nothing while a question about the whole file is open', async () => {
    const room = temporaryRoom()
    const text = 'Date,Symbol,Side,Quantity,Price,Currency\n02/03/2024,SAP,buy,1,2.5,EUR\n'
    const looked = await look(room, 'fills.csv', text)
    expect(looked.preview.committable).toBe(false)
    await expect(commit(room, looked)).rejects.toThrow('Choose the order of day and month')
    expect((await importNow(room, 'fills.csv', text, { dateOrder: 'dmy' })).added.fills).toBe(1)
    expect(room.book.fills('main')[0]?.at).toBe(Date.UTC(2024, 2, 1, 23))
  })

  it('keeps true twins and adds nothing a second time', async () => {
    const room = temporaryRoom()
    const text = HEADER + row(1) + row(1) + row(1) + row(2)
    const first = await look(room, 'fills.csv', text)
    expect(first.preview.counts).toMatchObject({ fresh: 4, twins: 2 })
    expect((await commit(room, first)).added.fills).toBe(4)
    const before = digest(room)
    const again = await look(room, 'fills.csv', text)
    expect(again.preview.counts).toMatchObject({ fresh: 0, known: 4 })
    await expect(commit(room, again)).rejects.toThrow('in the book already')
    expect((await importNow(room, 'more.csv', text + row(1))).added.fills).toBe(1)
    expect(room.book.fills('main')).toHaveLength(5)
    expect(digest(room)).not.toBe(before)
  })

  it('lists rows that repeat an id with other values, and keeps the first', async () => {
    const room = temporaryRoom()
    const header = 'Time,Symbol,Side,Quantity,Price,Currency,Execution ID\n'
    const one = (price: string): string => `2024-01-02T10:00:00Z,SAP,buy,1,${price},EUR,e1\n`
    const looked = await look(room, 'fills.csv', header + one('10') + one('10') + one('11'))
    expect(looked.preview.counts).toMatchObject({ fresh: 1, rejected: 1 })
    expect(looked.preview.skipped).toMatchObject([{ line: 3 }, { line: 4 }])
    await commit(room, looked)
    const changed = await look(room, 'fills.csv', header + one('12') + one('10').replaceAll('e1', 'e2'))
    expect(changed.preview.counts).toMatchObject({ fresh: 1, conflicts: 1 })
    expect((await commit(room, changed)).conflicts).toHaveLength(1)
    expect(room.book.fills('main').map(({ price }) => price)).toEqual(['10', '10'])
  })

  it('leaves out rows of an instrument that the book holds in another currency', async () => {
    const room = temporaryRoom()
    await importNow(room, 'a.csv', HEADER + row(1))
    const dollars = await look(room, 'b.csv', HEADER + row(5).replace('EUR', 'USD') + row(6).replace('SAP', 'BMW'))
    expect(dollars.preview.counts.fresh).toBe(1)
    expect(dollars.preview.problems.map(({ says }) => says).join()).toContain(
      'SAP is priced in USD in the file and in EUR in the book',
    )
    expect(dollars.preview.skipped).toMatchObject([{ line: 2 }])
  })

  it('takes the currency of a known instrument where a file names none', async () => {
    const room = temporaryRoom()
    await importNow(room, 'a.csv', HEADER + row(1).replace('EUR', 'USD'))
    const bare = await look(room, 'b.csv', 'Time,Symbol,Side,Quantity,Price\n2024-01-03T10:00:00Z,SAP,sell,1,11\n')
    expect(bare.preview.problems).toEqual([])
    expect((await commit(room, bare)).added.fills).toBe(1)
    expect(room.book.fills('main')[1]?.feeCurrency).toBe('USD')
  })

  it('undoes a batch to the last byte, once', async () => {
    const room = temporaryRoom()
    await importNow(room, 'a.csv', HEADER + row(1) + row(2))
    const before = digest(room)
    const { batchId } = await importNow(room, 'b.csv', HEADER + row(2) + row(3) + row(4, 'sell', '2'))
    expect(listBatches(room)[0]).toMatchObject({ batchId, fileName: 'b.csv', rows: 2, undoable: true })
    expect(undoImport(room, batchId).says).toContain('2 rows were taken out')
    expect(digest(room)).toBe(before)
    expect(() => undoImport(room, batchId)).toThrow('cannot be undone')
    expect(() => undoImport(room, 'nobody')).toThrow('no import of that id')
    expect((await importNow(room, 'b.csv', HEADER + row(2) + row(3))).added.fills).toBe(1)
  })

  it('finds a saved preset by the column names, and leaves out what belonged to one file', async () => {
    const room = temporaryRoom()
    const text = 'Wann;Was;Stück;Zu;Seite\n02.03.2024 10:00;SAP;1;2,50;Kauf\n'
    const mapping = { time: 0, symbol: 1, quantity: 2, price: 3, side: 4 }
    const { uploadId } = await inspectFile(room, { fileName: 'x.csv', content: bytesOf(text) })
    const settings = { mapping, timeZone: 'Europe/Zurich', currency: 'CHF', corrections: { '2:3': '7' }, symbol: 'X' }
    savePreset(room, { name: 'My bank', uploadId, format: 'csv-fills', settings })
    expect(listPresets(room)).toMatchObject([
      { name: 'My bank', format: 'csv-fills', settings: { mapping, timeZone: 'Europe/Zurich', currency: 'CHF' } },
    ])
    expect(Object.keys(listPresets(room)[0]?.settings ?? {})).not.toContain('corrections')
    const known = await inspectFile(room, { fileName: 'y.csv', content: bytesOf(text.replace('SAP', 'NESN')) })
    expect(known.candidates[0]).toMatchObject({
      format: 'csv-fills',
      preset: 'My bank',
      settings: { mapping, currency: 'CHF' },
    })
    const preview = await previewImport(room, {
      uploadId: known.uploadId,
      format: 'csv-fills',
      settings: known.candidates[0]?.settings ?? {},
    })
    expect(preview.counts.fresh).toBe(1)
    expect(preview.first).toMatchObject([
      { symbol: 'NESN', says: 'buy 1 at 2.5, fee 0 CHF', at: Date.UTC(2024, 2, 2, 9) },
    ])
  })

  it('imports bars once, and reports other prices for a bar that is known', async () => {
    const room = temporaryRoom()
    const bars = 'Date,Open,High,Low,Close\n2024-01-02,1,2,0.5,1.5\n2024-01-03,1,2,0.5,1.5\n2024-01-04,1,2,0.5,1.5\n'
    expect((await importNow(room, 'SAP.csv', bars)).added.bars).toBe(3)
    const changed = await look(
      room,
      'SAP.csv',
      bars.replace('0.5,1.5\n2024-01-04', '0.5,1.6\n2024-01-04') + '2024-01-05,1,2,0.5,1.5\n',
    )
    expect(changed.preview.counts).toMatchObject({ fresh: 1, known: 2, conflicts: 1 })
    expect((await commit(room, changed)).conflicts).toHaveLength(1)
    expect(room.book.bars('SAP', '1d', Date.UTC(2025), 10)).toHaveLength(4)
  })

  it('computes R from a stop, and imports a journal once', async () => {
    const room = temporaryRoom()
    const text =
      'Entry time,Exit time,Symbol,Side,Qty,Entry price,Exit price,Profit,Currency,Stop,Strategy\n2024-01-02T10:00Z,2024-01-03T11:00Z,AAPL,long,10,100,110,98,EUR,95,breakout\n'
    expect((await importNow(room, 'journal.csv', text)).added.trades).toBe(1)
    expect(room.book.trades('main')).toMatchObject([
      { r: '1.96', profit: '98', accountProfit: '98', origin: 'imported', strategy: 'breakout' },
    ])
    expect((await look(room, 'journal.csv', text)).preview.counts).toMatchObject({ fresh: 0, known: 1 })
  })

  it('says in one sentence why a file is not recognised', async () => {
    const room = temporaryRoom()
    await expect(
      inspectFile(room, { fileName: 'a.csv', content: bytesOf('Date,Close\n2024-01-01,\0 1\n') }),
    ).rejects.toThrow('zero bytes')
    expect(await inspectFile(room, { fileName: 'a.csv', content: bytesOf('hello world\n') })).toMatchObject({
      candidates: [],
      says: expect.stringContaining('none of the known formats') as string,
    })
  })
})
