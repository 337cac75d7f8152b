import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { share } from '../desk/trading-room.ts'
import { ballast, ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-cli-'))
const where = ['--data-dir', join(folder, 'books')] as const
const fills = join(folder, 'fills.csv')
const HEADER = 'Time,Symbol,Side,Quantity,Price,Fee,Currency\n'

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('books on the command line', { timeout: 120_000 }, () => {
  it('are made with an opening balance at an instant, and listed', async () => {
    const words = [
      '--equity',
      '50000',
      '--equity-at',
      '2024-01-01T00:00:00Z',
      '--currency',
      'EUR',
      '--time-zone',
      'Europe/Berlin',
    ]
    const { document } = await ballastJson(['book', 'create', 'Swing', ...words, ...where])
    expect(document).toMatchObject({
      ok: true,
      account: { currency: 'EUR', equity: '50000', equityAt: expect.any(Number) as unknown },
    })
    expect((await ballastJson(['book', 'list', ...where])).document['books']).toMatchObject([
      { name: 'Swing', file: 'swing.ballast' },
    ])
    expect((await ballastJson(['book', 'create', 'Swing', ...where])).document).toMatchObject({ code: 'CONFLICT' })
  })

  it('keep instruments, strategies, prices, cash and profile', async () => {
    const spec = join(folder, 'sap.json')
    writeFileSync(spec, JSON.stringify(share('SAP', { currency: 'EUR' })))
    expect((await ballastJson(['book', 'instrument', '--file', spec, ...where])).exit).toBe(0)
    const changed = await ballastJson([
      'book',
      'instrument',
      'SAP',
      '--set',
      'commissionMinimum=2',
      '--set',
      'clusters=tech,dax',
      ...where,
    ])
    expect(changed.document['instrument']).toMatchObject({ commissionMinimum: '2', clusters: ['tech', 'dax'] })
    expect((await ballastJson(['book', 'price', 'SAP', '120.50', ...where])).document['last']).toMatchObject({
      value: '120.5',
    })
    const saved = await ballastJson(['book', 'strategy', 'swing', '--budget', '0.3', ...where])
    expect(saved.document['strategies']).toMatchObject([{ code: 'swing', budget: '0.3' }])
    expect((await ballastJson(['book', 'cash-flow', 'fee', '-12.5', ...where])).document['account']).toMatchObject({
      equity: '49987.5',
    })
    expect((await ballastJson(['book', 'set-equity', '60000', ...where])).document['account']).toMatchObject({
      equity: '60000',
    })
    const profile = await ballastJson([
      'book',
      'profile',
      'strategy-budgets',
      '--set',
      'ceilings.risk_per_trade.max=0.02',
      ...where,
    ])
    expect(profile.document).toMatchObject({ name: 'strategy-budgets', version: 2 })
    expect((await ballastJson(['book', 'strategy', 'swing', '--budget', '30', ...where])).document).toMatchObject({
      ok: false,
      code: 'UNIT_MISMATCH',
      field: 'budget',
    })
    const { stdout } = await ballast(['book', 'info', ...where])
    expect(stdout).toMatch(/Equity +60,000\.00 EUR[^]*Profile +strategy-budgets, version 2/)
  })

  it('are told to be in use while a desk has them open, and are served until they are stopped', async () => {
    const served = spawn(process.execPath, ['src/cli/main.ts', 'serve', '--port', '0', '--json', ...where], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void served.kill('SIGKILL'))
    const line = await new Promise<string>((resolve) => createInterface({ input: served.stdout }).once('line', resolve))
    const { url, ok } = JSON.parse(line) as { url: string; ok: boolean }
    expect(ok).toBe(true)
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
    const busy = await ballastJson(['limits', ...where])
    expect(busy).toMatchObject({
      exit: 5,
      document: { code: 'STORE_BUSY', says: expect.stringContaining(String(served.pid)) as unknown },
    })
    expect((await ballastJson(['backup', join(folder, 'while-served.ballast'), ...where])).exit).toBe(0)
    const gone = new Promise((resolve) => served.once('exit', resolve))
    served.kill('SIGTERM')
    expect(await gone).toBe(0)
    expect((await ballastJson(['limits', ...where])).exit).toBe(0)
  })
})

describe('importing on the command line', { timeout: 120_000 }, () => {
  const book = ['--book', join(folder, 'paper.ballast')] as const
  const made = ['--create', '--currency', 'EUR', '--equity', '10000', '--equity-at', '2024-01-01T00:00:00Z', ...book]

  it('shows the preview and writes nothing until somebody says yes', async () => {
    writeFileSync(
      fills,
      `${HEADER}2024-01-02T10:00:00Z,SAP,buy,10,100,1,EUR\n2024-01-03T10:00:00Z,SAP,sell,10,110,1,EUR\n`,
    )
    const shown = await ballast(['import', fills, ...made])
    expect(shown.exit).toBe(9)
    expect(shown.stdout).toMatch(/fills: 2 found, 2 new[^]*SAP[^]*0\.00 → 98\.00 EUR/)
    const dry = await ballastJson(['import', fills, '--dry-run', ...book])
    expect(dry).toMatchObject({ exit: 0, document: { files: [{ ok: true, preview: { counts: { fresh: 2 } } }] } })
    expect((await ballastJson(['book', 'info', ...book])).document['account']).toMatchObject({ equity: '10000' })
  })

  it('writes with --yes, and the same file twice adds nothing', async () => {
    const first = await ballastJson(['import', fills, '--yes', ...book])
    expect(first).toMatchObject({ exit: 0, document: { ok: true, files: [{ imported: { added: { fills: 2 } } }] } })
    const second = await ballastJson(['import', fills, '--yes', ...book])
    expect(second.exit).toBe(0)
    expect(JSON.stringify(second.document)).toContain('in the book already')
    expect((await ballastJson(['book', 'info', ...book])).document['account']).toMatchObject({ equity: '10098' })
  })

  it('refuses rows with a problem unless it is told to leave them out', async () => {
    const bad = join(folder, 'bad.csv')
    writeFileSync(
      bad,
      `${HEADER}2024-02-02T10:00:00Z,SAP,buy,ten,100,1,EUR\n2024-02-03T10:00:00Z,SAP,buy,1,100,1,EUR\n`,
    )
    const refused = await ballastJson(['import', bad, '--yes', ...book])
    expect(refused).toMatchObject({ exit: 3, document: { ok: false, code: 'FILE_REFUSED', field: '--on-problem' } })
    const done = await ballastJson(['import', bad, '--yes', '--on-problem', 'skip-rows', ...book])
    expect(done).toMatchObject({ exit: 0, document: { files: [{ imported: { added: { fills: 1 }, skipped: 1 } }] } })
  })

  it('goes on with the next file, and tells what became of each', async () => {
    const html = join(folder, 'page.xml')
    writeFileSync(html, '<!doctype html><html><p>Please sign in</p></html>')
    const { exit, document } = await ballastJson(['import', html, join(folder, 'none.csv'), fills, '--yes', ...book])
    expect(exit).toBe(3)
    expect(document).toMatchObject({
      ok: false,
      files: [{ ok: false }, { ok: false, code: 'FILE_MISSING' }, { ok: true }],
    })
  })

  it('takes settings by name and refuses those it does not know', async () => {
    const read = await ballastJson([
      'import',
      fills,
      '--dry-run',
      '--set',
      'dateOrder=ymd',
      '--zone',
      'Europe/Berlin',
      ...book,
    ])
    expect(JSON.stringify(read.document)).toContain('Europe/Berlin')
    const unknown = await ballastJson(['import', fills, '--dry-run', '--set', 'colour=red', ...book])
    expect(unknown).toMatchObject({ exit: 3, document: { code: 'INPUT_MALFORMED', field: 'settings.colour' } })
  })
})
