import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StateRoom } from './state-room.ts'

describe('the HALT file', () => {
  it('is there while the desk is halted, and goes with the release', async () => {
    const room = await StateRoom.open()
    const file = join(room.dataDir, 'HALT')
    await room.calls.state.halt({ reason: 'smoke' })
    expect(existsSync(file)).toBe(true)
    await room.calls.state.loosen({ cause: 'halt', reason: 'no fire' })
    expect(existsSync(file)).toBe(false)
  })

  it.each([
    ['with words', '{"schema":1,"halt":{"at":1,"says":"By hand."},"fault":null}', 'By hand.'],
    ['empty', '', 'The file HALT is in the data folder, and says nothing that can be read.'],
    ['of garbage', '\u0000\u0001{', 'The file HALT is in the data folder, and says nothing that can be read.'],
    [
      'that forgives',
      '{"schema":1,"halt":null,"fault":null}',
      'The file HALT is in the data folder, and says nothing that can be read.',
    ],
  ])('%s halts a desk that runs, and one that starts', async (_case, content, says) => {
    const room = await StateRoom.open()
    writeFileSync(join(room.dataDir, 'HALT'), content)
    room.pass(100)
    expect((await room.calls.state.get()).causes).toMatchObject([{ id: 'halt', says }])
    const started = await StateRoom.open()
    writeFileSync(join(started.dataDir, 'HALT'), content)
    expect(await started.restart().state()).toBe('HALTED')
  })

  it('is not removed by a change that did not release it', async () => {
    const room = await StateRoom.open()
    writeFileSync(join(room.dataDir, 'HALT'), '')
    await room.calls.state.stopAddingRisk({})
    expect(existsSync(join(room.dataDir, 'HALT'))).toBe(true)
    expect(await room.restart().state()).toBe('HALTED')
  })

  it('halts the next book that is opened where none is open', async () => {
    const room = new StateRoom()
    room.workspace.posture.halt('Halted from the tray.')
    await room.calls.books.create({ from: 'sample' })
    expect((await room.calls.state.get()).causes).toMatchObject([{ id: 'halt', says: 'Halted from the tray.' }])
  })

  it('keeps a fault that stands there when the desk is halted without a book', () => {
    const room = new StateRoom()
    const file = join(room.dataDir, 'HALT')
    const fault = { at: 1, code: 'STORE_IO', says: 'The disk failed.' }
    writeFileSync(file, JSON.stringify({ schema: 1, halt: null, fault }))
    room.workspace.posture.halt('Halted from the tray.')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ halt: { says: 'Halted from the tray.' }, fault })
  })
})

describe('books', () => {
  it('are apart: what happens in one changes no byte of another, nor its state', async () => {
    const room = await StateRoom.open({ kind: 'live' })
    const live = room.book.info
    await room.calls.books.create({ from: 'sample' })
    const sample = room.book.info.bookId
    const bytes = readFileSync(live.path)
    await room.calls.state.stopAddingRisk({ reason: 'only here' })
    await room.calls.state.lock({ minutes: 5 })
    await room.calls.sizing.decide({ request: { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '210' } })
    expect(readFileSync(live.path).equals(bytes)).toBe(true)
    await room.calls.books.open({ bookId: live.bookId })
    expect(await room.causes()).toEqual(['prices'])
    expect(room.told().join(' ')).not.toContain('only here')
    await room.calls.books.open({ bookId: sample })
    expect(await room.state()).toBe('LOCKED')
    const { books } = await room.calls.books.list()
    expect(books.map(({ kind, file }) => `${kind} ${file}`).sort()).toEqual([
      'live live.ballast',
      'sample sample.ballast',
    ])
  })
})
