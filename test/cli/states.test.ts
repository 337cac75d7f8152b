import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { countingAmbient } from '../store/temporary-shelf.ts'
import { ballast, ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-states-'))
const dataDir = join(folder, 'books')
const where = ['--data-dir', dataDir] as const
const bookFile = join(dataDir, 'paper.ballast')

beforeAll(async () => {
  const { exit } = await ballastJson(['book', 'create', 'Paper', '--equity', '100000', ...where])
  expect(exit).toBe(0)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the desk’s state on the command line', { timeout: 120_000 }, () => {
  it('is told with its causes, arming and the end of the day', async () => {
    const { exit, document } = await ballastJson(['status', ...where])
    expect({ exit, ...document }).toMatchObject({ exit: 0, state: 'NORMAL', causes: [], arming: { armed: false } })
    expect((await ballast(['status', ...where])).stdout).toMatch(
      /^NORMAL: new risk allowed\.\nBook: paper\. Not armed\./,
    )
  })

  it('is locked for so many minutes, and size says so', async () => {
    const { document } = await ballastJson(['lock', '--minutes', '600', '--reason', 'enough', ...where])
    expect(document).toMatchObject({ state: 'LOCKED', causes: [{ id: 'lock', says: 'enough' }] })
    const words = ['size', '--symbol', 'X', '--side', 'buy', '--entry', '10', '--stop', '9']
    expect((await ballastJson([...words, ...where])).document['quantity']).toBe('0')
    expect((await ballastJson(['status', ...where])).document).toMatchObject({ state: 'LOCKED' })
  })

  it.each(['', '0', '1.5', '-1', '600000', 'an hour'])('is not locked for «%s» minutes', async (minutes) => {
    const { exit, document } = await ballastJson(['lock', `--minutes=${minutes}`, ...where])
    expect(exit).not.toBe(0)
    expect(document).toMatchObject({ ok: false })
  })

  it('is halted while another process has the book: by the file HALT alone', async () => {
    const held = bookShelf(dataDir, countingAmbient()).open(bookFile)
    try {
      const { exit, document } = await ballastJson(['halt', '--reason', 'smoke', ...where])
      expect({ exit, ...document }).toMatchObject({ exit: 0, state: 'HALTED', latchedInBook: false })
      expect(existsSync(join(dataDir, 'HALT'))).toBe(true)
    } finally {
      held.close()
    }
    const { document } = await ballastJson(['status', ...where])
    expect(document).toMatchObject({ state: 'HALTED', causes: [{ id: 'halt', says: 'smoke' }, { id: 'lock' }] })
  })

  it('is halted in the book too where it is free', async () => {
    expect((await ballastJson(['halt', ...where])).document).toMatchObject({ state: 'HALTED', latchedInBook: true })
  })

  it('is halted by the file where no book can be written, and a fault that stands there stays', async () => {
    const beside = join(folder, 'broken')
    mkdirSync(beside)
    const broken = join(beside, 'broken.ballast')
    writeFileSync(broken, 'this is no book')
    const fault = { at: 1, says: 'The disk is full.', code: 'STORE_FULL' }
    writeFileSync(join(beside, 'HALT'), JSON.stringify({ schema: 1, halt: null, fault }))
    const { exit, document } = await ballastJson(['halt', '--data-dir', beside, '--book', broken])
    expect({ exit, ...document }).toMatchObject({ exit: 0, ok: true, state: 'HALTED', latchedInBook: false })
    expect(document['says']).toContain('obeys the file HALT')
    const kept = JSON.parse(readFileSync(join(beside, 'HALT'), 'utf8')) as object
    expect(kept).toMatchObject({ halt: { says: 'Halted from the command line.' }, fault })
  })

  it('is never armed nor loosened from here', async () => {
    const help = await ballast(['arm', '--help'])
    expect(help.exit).toBe(0)
    expect(help.stdout.replace(/\s+/g, ' ')).toContain('Arming is done in the window')
    const { exit, document } = await ballastJson(['arm', ...where])
    expect({ exit, ...document }).toMatchObject({ exit: 3, ok: false, code: 'NOT_ARMED' })
    expect((await ballast(['--help'])).stdout).not.toMatch(/^ {2}(loosen|release|unlock|resume)\b/m)
  })
})
