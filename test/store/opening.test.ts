import { hash as digest } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { openForReading, openForWriting } from '../../src/store/connection.ts'
import { takeWriterLock } from '../../src/store/lock.ts'
import { exampleDecision } from './example-decision.ts'
import { asAnotherProgram } from './tampering.ts'
import { ACCOUNT, BEGIN, countingAmbient, temporaryBook, temporaryFolder } from './temporary-shelf.ts'

const newBook = { name: 'Second', kind: 'live', clock: null, account: ACCOUNT, at: BEGIN } as const

/** What a file is made into, what is said, and by which code. */
const BROKEN: readonly (readonly [string, string, RegExp, (path: string) => void])[] = [
  ['missing', 'STORE_MISSING', /is not there/, (path) => renameSync(path, `${path}.gone`)],
  ['empty', 'STORE_FOREIGN', /is empty \(0 bytes\)/, (path) => writeFileSync(path, '')],
  ['a folder', 'STORE_FOREIGN', /is a folder/, (path) => inItsPlace(path, () => mkdirSync(path))],
  [
    'text',
    'STORE_FOREIGN',
    /first bytes are of another kind/,
    (path) => writeFileSync(path, 'date,symbol\n'.repeat(50)),
  ],
  [
    'a stub',
    'STORE_FOREIGN',
    /first bytes are of another kind/,
    (path) => writeFileSync(path, readFileSync(path).subarray(0, 60)),
  ],
  [
    'another database',
    'STORE_FOREIGN',
    /of another program/,
    (path) => asAnotherProgram(path, (other) => other.pragma('application_id = 1')),
  ],
  [
    'a newer book',
    'STORE_NEWER',
    /update Ballast/,
    (path) => asAnotherProgram(path, (other) => other.pragma('user_version = 99')),
  ],
  [
    'another build',
    'STORE_FOREIGN',
    /another build/,
    (path) => asAnotherProgram(path, (other) => other.exec("UPDATE migration SET hash = 'x' WHERE number = 2")),
  ],
  [
    'a symbolic link',
    'STORE_FOREIGN',
    /symbolic link/,
    (path) => inItsPlace(path, () => symlinkSync(`${path}.gone`, path)),
  ],
  ['a second name', 'STORE_FOREIGN', /hard link/, (path) => linkSync(path, `${path}.twin`)],
  ['half a book', 'STORE_IO', /failed/, (path) => writeFileSync(path, readFileSync(path).subarray(0, 8_192))],
  [
    'garbage in the log',
    'LEDGER_UNVERIFIED',
    /broken at row 2/,
    (path) => writeFileSync(path, readFileSync(path).toString('latin1').replaceAll('AAPL', 'AAPM'), 'latin1'),
  ],
]

describe('a file that is no book of ours', () => {
  it.each(BROKEN)('is refused with a sentence and keeps its bytes: %s', (_, code, says, ruin) => {
    const { book, shelf, path } = temporaryBook()
    book.recordDecision(exampleDecision(1))
    book.close()
    ruin(path)
    const before = contents(path)
    const refusal = expect.objectContaining({
      name: 'StoreFault',
      code,
      message: expect.stringMatching(says) as string,
    }) as Error
    expect(() => shelf.open(path)).toThrow(refusal)
    expect(contents(path)).toBe(before)
    if (code !== 'LEDGER_UNVERIFIED') {
      expect(() => shelf.openReadOnly(path).verify()).toThrow(expect.objectContaining({ name: 'StoreFault' }))
      expect(contents(path)).toBe(before)
    }
  })

  it('is listed with its fault beside the books that can be opened', () => {
    const { shelf, folder, path } = temporaryBook()
    writeFileSync(join(folder, 'notes.ballast'), 'not a book')
    shelf.create({ ...newBook, at: BEGIN + 1 }).close()
    expect(shelf.list().map((listed) => (listed.ok ? listed.info.name : listed.code))).toEqual([
      'Second',
      'Test',
      'STORE_FOREIGN',
    ])
    expect(bookShelf(join(folder, 'nowhere'), countingAmbient()).list()).toEqual([])
    expect(existsSync(path)).toBe(true)
  })
})

describe('a new book', () => {
  it('says who it is, begins its log, and is readable by its owner alone', () => {
    const { book, path } = temporaryBook()
    expect(book.info).toMatchObject({ name: 'Test', kind: 'paper', createdAt: BEGIN, clock: null, path })
    expect(book.accounts()).toEqual([ACCOUNT])
    expect(book.auditRows(1, 9).map((row) => [row.kind, row.at])).toEqual([['book', BEGIN]])
    expect(book.verify().verdict).toBe('verified-anchored')
    for (const file of [path, `${path}.journal.jsonl`, `${path}.lock`]) expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each(['test.ballast', 'test.ballast.journal.jsonl'])('is never made over %s', (name) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, name), 'precious')
    const shelf = bookShelf(folder, countingAmbient())
    expect(() => shelf.create({ ...newBook, name: 'Test' })).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    expect(readFileSync(join(folder, name), 'utf8')).toBe('precious')
  })

  it('leaves nothing half-made under its name', () => {
    const folder = temporaryFolder()
    const shelf = bookShelf(folder, countingAmbient())
    const account = { ...ACCOUNT, dayRoll: 'noon' }
    expect(() => shelf.create({ ...newBook, account })).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    expect(readdirSync(folder).filter((name) => name.endsWith('.ballast'))).toEqual([])
    shelf.create(newBook).close()
  })

  it('is named after what it is called, whatever that is', () => {
    const folder = temporaryFolder()
    const shelf = bookShelf(folder, countingAmbient())
    for (const name of ['Zürich / Futures!', '../../etc/passwd', '日本']) shelf.create({ ...newBook, name }).close()
    expect(readdirSync(folder).filter((name) => name.endsWith('.ballast'))).toEqual([
      'book.ballast',
      'etc-passwd.ballast',
      'zu-rich-futures.ballast',
    ])
  })
})

describe('two writers of one book', () => {
  it('cannot be: the second is told which process has it', () => {
    const { shelf, path } = temporaryBook()
    const refusal = expect.objectContaining({
      code: 'STORE_BUSY',
      message: expect.stringContaining(String(process.pid)) as string,
    }) as Error
    expect(() => shelf.open(path)).toThrow(refusal)
  })

  it('can follow each other', () => {
    const { book, shelf, path } = temporaryBook()
    for (let turn = 0; turn < 5; turn++) {
      if (turn === 0) book.close()
      shelf.open(path).close()
    }
    takeWriterLock(path).release()
  })

  it('read beside each other, and the reader sees what is committed', () => {
    const { book, shelf, path } = temporaryBook()
    const reader = shelf.openReadOnly(path)
    const before = reader.version()
    const { decisionId } = book.recordDecision(exampleDecision(1))
    expect(reader.decision(decisionId)).toEqual(book.decision(decisionId))
    expect(reader.version()).toBe(before)
    book.addMark({ symbol: 'AAPL', price: '1', at: 5, source: 'typed' })
    expect(reader.version()).toBe(book.version())
    expect(reader.version()).toBeGreaterThan(before)
    expect(reader.verify().verdict).toBe('verified-anchored')
    reader.close()
  })
})

describe('every connection', () => {
  it.each(['writing', 'reading'])('has the settings that keep a book whole, for %s', (what) => {
    const { book, path } = temporaryBook()
    book.close()
    const connection = what === 'writing' ? openForWriting(path) : openForReading(path)
    const settings = Object.fromEntries(
      [
        'journal_mode',
        'synchronous',
        'foreign_keys',
        'recursive_triggers',
        'trusted_schema',
        'cell_size_check',
        'mmap_size',
      ].map((name) => [name, connection.pragma(name, { simple: true })]),
    )
    connection.close()
    expect(settings).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      recursive_triggers: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      mmap_size: 0,
    })
  })
})

function inItsPlace(path: string, put: () => void): void {
  renameSync(path, `${path}.gone`)
  put()
}

/** Hash over names and bytes of the book's own files. */
function contents(path: string): string {
  const of = (file: string): string => {
    if (!existsSync(file)) return 'none'
    return statSync(file).isDirectory() ? 'folder' : digest('sha256', readFileSync(file))
  }
  return [path, `${path}.journal.jsonl`, `${path}.gone`].map(of).join(' ')
}
