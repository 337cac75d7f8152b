import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openDesk } from '../../src/host/open-desk.ts'
import { settleWhenQuiet } from '../../src/host/settle-when-quiet.ts'
import { EMPTY, paperRoom } from '../desk/trading-room.ts'
import { keepingLog } from '../support/sample-desk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const none = new AbortController().signal

describe('opening the last book again', () => {
  it('tells and lists why it did not open, and makes nothing over it', async () => {
    const dataDir = temporaryFolder()
    const { log, lines } = keepingLog()
    const first = openDesk({ dataDir, host: 'desk', log })
    const { bookId, file } = await first.desk.books.create({ ...EMPTY, equity: '1000' }, none)
    const bytes = readFileSync(join(dataDir, file))
    // The first desk still has it.
    const second = openDesk({ dataDir, host: 'desk', log })
    expect(second.fault).toContain(String(process.pid))
    expect(lines.join()).toContain('not opened again')
    const { books } = await second.desk.books.list(undefined, none)
    expect(books).toMatchObject([{ bookId, open: false, fault: second.fault }])
    expect(readFileSync(join(dataDir, file)).equals(bytes)).toBe(true)
    second.close()
    first.close()
    const third = openDesk({ dataDir, host: 'desk', log })
    expect(third.fault).toBeUndefined()
    expect((await third.desk.books.list(undefined, none)).books).toMatchObject([{ bookId, open: true, fault: null }])
    third.close()
  })

  it('is not changed by a book that was named, as the command line does', async () => {
    const dataDir = temporaryFolder()
    const { log } = keepingLog()
    const first = openDesk({ dataDir, host: 'desk', log })
    await first.desk.books.create({ ...EMPTY, name: 'One', equity: '1' }, none)
    await first.desk.books.create({ ...EMPTY, name: 'Two', equity: '2' }, none)
    first.close()
    openDesk({ dataDir, host: 'desk', log, bookPath: join(dataDir, 'one.ballast') }).close()
    expect(readFileSync(join(dataDir, 'last-book'), 'utf8').trim()).toBe('two.ballast')
    expect(statSync(join(dataDir, 'last-book')).mode & 0o077).toBe(0)
  })

  it('gives every row of the log in order, and a copy that verifies while the book is open', async () => {
    const dataDir = temporaryFolder()
    const { log } = keepingLog()
    const opened = openDesk({ dataDir, host: 'desk', log })
    const { file } = await opened.desk.books.create({ from: 'sample' }, none)
    const rows = [...opened.auditRows()]
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
    expect(rows.slice(1).every(({ previous }, index) => previous === rows[index]?.hash)).toBe(true)
    const copy = await opened.backUp(join(dataDir, file), join(dataDir, 'copy.ballast'))
    expect(copy.verdict).toMatchObject({
      verdict: 'verified-anchored',
      rows: rows.length,
      head: rows[rows.length - 1]?.hash,
    })
    await opened.desk.sizing.decide({ request: { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '210' } }, none)
    const again = await opened.backUp(join(dataDir, file), join(dataDir, 'again.ballast'))
    expect(again.verdict).toMatchObject({ verdict: 'verified-anchored', rows: rows.length + 1 })
    await expect(opened.backUp(join(dataDir, file), join(dataDir, 'again.ballast'))).rejects.toThrow('name a new file')
    opened.close()
  })
})

describe('a quiet moment', () => {
  afterEach(() => void vi.useRealTimers())

  it('settles the book once, after the last of several decisions and not between them', async () => {
    const room = await paperRoom('1000')
    const { log, lines } = keepingLog()
    vi.useFakeTimers()
    const settle = vi.spyOn(room.book(), 'settle')
    const end = settleWhenQuiet(room.workspace, log)
    for (let n = 0; n < 3; n++) {
      room.workspace.changed('decision')
      vi.advanceTimersByTime(200)
    }
    expect(settle).not.toHaveBeenCalled()
    vi.advanceTimersByTime(60)
    expect(settle).toHaveBeenCalledTimes(1)
    end()
    room.workspace.changed('decision')
    vi.advanceTimersByTime(1_000)
    expect(settle).toHaveBeenCalledTimes(1)
    expect(lines).toEqual([])
  })

  it('logs a book that cannot be settled, and goes on', async () => {
    const room = await paperRoom('1000')
    const { log, lines } = keepingLog()
    vi.useFakeTimers()
    vi.spyOn(room.book(), 'settle').mockImplementation(() => {
      throw new Error('the disk is gone')
    })
    settleWhenQuiet(room.workspace, log)
    room.workspace.changed('decision')
    expect(() => vi.advanceTimersByTime(300)).not.toThrow()
    expect(lines.join()).toContain('the disk is gone')
  })
})
