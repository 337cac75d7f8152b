import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/registry.ts'
import { Decision } from '../../src/contract/sizing.ts'
import { PortfolioLimits } from '../../src/contract/limits.ts'
import { ballast, ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-cli-'))
const dataDir = join(folder, 'books')
const where = ['--data-dir', dataDir] as const
const ORDER = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '210' } as const
let decisionId = ''

beforeAll(async () => {
  const { exit, document } = await ballastJson(['book', 'sample', ...where])
  expect({ exit, ok: document['ok'] }).toEqual({ exit: 0, ok: true })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the command line', { timeout: 120_000 }, () => {
  it('lists every command, and each tells its options, examples and exit codes', async () => {
    const help = await ballast(['--help'])
    expect(help.exit).toBe(0)
    const names = commands.map((make) => make(() => Promise.resolve()).name())
    expect(names.length).toBeGreaterThan(7)
    for (const name of names) expect(help.stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
    const size = await ballast(['size', '--help'])
    expect(size.stdout).toMatch(/--book.*\n[^]*--json[^]*Examples:[^]*ballast size[^]*Exit codes:/)
  })

  it('sizes an order from options: the whole decision as one object', async () => {
    const words = Object.entries(ORDER).flatMap(([name, value]) => [`--${name}`, value])
    const { exit, document } = await ballastJson(['size', ...words, ...where])
    expect(exit).toBe(0)
    const { ok, decisionId: id, seq, recordedAt, hash, profile, ...decision } = document
    expect(ok).toBe(true)
    expect(Decision.parse(decision)).toEqual(decision)
    expect([typeof seq, typeof recordedAt, typeof profile]).toEqual(['number', 'number', 'object'])
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(Number(decision['quantity'])).toBeGreaterThan(0)
    decisionId = String(id)
  })

  it('sizes an order from stdin, as the request itself and framed, without recording a dry run', async () => {
    const bare = await ballastJson(['size', '--dry-run', ...where], { input: JSON.stringify(ORDER) })
    const framed = await ballastJson(['size', '--dry-run', ...where], {
      input: JSON.stringify({ request: ORDER, accountId: 'sample' }),
    })
    expect(bare.document).toEqual(framed.document)
    expect(bare.document).not.toHaveProperty('hash')
    expect((await ballastJson(['decisions', ...where])).document['total']).toBe(1)
  })

  it('shows a decision to a person: verdict, ladder, steps, proof', async () => {
    const { stdout, stderr } = await ballast(['decisions', decisionId, ...where])
    expect(stdout).toMatch(/^(APPROVED|REDUCED) {2}Buy \d+ AAPL/)
    expect(stdout).toMatch(/Ladder: [^]*Risk per trade[^]*Steps[^]*Recorded as/)
    expect(stderr).toBe('')
  })

  it('ends with 8 for a size of zero only where that is asked for', async () => {
    const words = [
      'size',
      '--symbol',
      'AAPL',
      '--side',
      'buy',
      '--entry',
      'market',
      '--stop',
      '500',
      '--dry-run',
      ...where,
    ]
    expect((await ballastJson(words)).exit).toBe(0)
    const { exit, document } = await ballastJson([...words, '--fail-on-zero'])
    expect(exit).toBe(8)
    expect(document['quantity']).toBe('0')
  })

  it.each([
    ['{"symbol":', 'INPUT_MALFORMED', 3],
    ['[]', 'INPUT_MALFORMED', 3],
    ['{"symbol":"AAPL","colour":"red"}', 'INPUT_MALFORMED', 3],
    ['{"request":{"symbol":"AAPL"},"when":1}', 'INPUT_MALFORMED', 3],
    ['', 'USAGE', 2],
  ])('refuses %j on stdin with %s, and writes nothing', async (input, code, exit) => {
    const run = await ballastJson(['size', ...where], { input })
    expect(run.document).toMatchObject({ ok: false, code })
    expect(run.exit).toBe(exit)
    expect((await ballastJson(['decisions', ...where])).document['total']).toBe(1)
  })

  it('tells the portfolio limits in the compatible shape, and every limit to a person', async () => {
    const { document } = await ballastJson(['limits', ...where])
    expect(PortfolioLimits.parse(document)).toEqual(document)
    const { stdout } = await ballast(['limits', ...where])
    expect(stdout).toMatch(/Strategy budget +breakout .*near/)
    expect((await ballastJson(['limits', '--desk', ...where])).document).toHaveProperty('positions')
  })

  it('replays one decision and all of them', async () => {
    expect((await ballastJson(['replay', decisionId, ...where])).document).toMatchObject({ identical: true })
    expect(await ballastJson(['replay', '--all', ...where])).toMatchObject({
      exit: 0,
      document: { replayed: 1, identical: 1 },
    })
    expect(await ballastJson(['replay', 'nobody', ...where])).toMatchObject({
      exit: 4,
      document: { code: 'NOT_FOUND' },
    })
    expect((await ballastJson(['replay', ...where])).exit).toBe(2)
  })

  it('verifies the log, and exports it so that anybody can check the chain', async () => {
    const { document } = await ballastJson(['audit', 'verify', '--require-anchor', ...where])
    expect(document).toMatchObject({ verdict: 'verified-anchored' })
    const out = join(folder, 'audit.jsonl')
    expect((await ballastJson(['audit', 'export', '--out', out, ...where])).document).toMatchObject({
      head: document['head'],
    })
    let previous = '0'.repeat(64)
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
    for (const line of lines) {
      const row = JSON.parse(line) as {
        seq: number
        at: number
        kind: string
        previous: string
        hash: string
        body: string
      }
      expect(row.previous).toBe(previous)
      const { at, body, kind, seq } = row
      const canonical = `{"at":"${at}","body":${body},"kind":"${kind}","previous":"${previous}","seq":"${seq}"}`
      previous = createHash('sha256').update(`\u0000ballast1${row.previous}${canonical}`).digest('hex')
      expect(row.hash).toBe(previous)
    }
    expect(lines.length).toBe(document['rows'])
    expect((await ballastJson(['audit', 'export', '--out', out, ...where])).document).toMatchObject({
      code: 'CONFLICT',
    })
    expect((await ballast(['audit', 'export', '--format', 'csv', ...where])).stdout).toMatch(/^seq,at,time,kind/)
  })

  it('copies a book so that the copy verifies, and never over a file', async () => {
    const copy = join(folder, 'copy.ballast')
    expect((await ballastJson(['backup', copy, ...where])).document).toMatchObject({ verdict: 'verified-anchored' })
    expect((await ballastJson(['backup', copy, ...where])).exit).toBe(3)
    const { document } = await ballastJson(['decisions', decisionId, '--book', copy])
    expect(document).toMatchObject({ ok: true })
  })

  it('ends with 6 where the log was tampered with', async () => {
    const copy = join(folder, 'tampered.ballast')
    await ballastJson(['backup', copy, ...where])
    const journal = `${copy}.journal.jsonl`
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"buy', '"sel'))
    const { exit, document } = await ballastJson(['audit', 'verify', '--require-anchor', '--book', copy])
    expect([5, 6]).toContain(exit)
    expect(document['verdict']).not.toBe('verified-anchored')
  })

  it('answers usage faults, missing books and missing files as documents too', async () => {
    expect(await ballastJson(['size', '--nonsense', ...where])).toMatchObject({
      exit: 2,
      document: { ok: false, code: 'USAGE' },
    })
    expect(await ballastJson(['limits', '--book', join(folder, 'none.ballast')])).toMatchObject({
      exit: 4,
      document: { code: 'STORE_MISSING' },
    })
    expect(await ballastJson(['limits', '--data-dir', join(folder, 'empty')])).toMatchObject({
      exit: 4,
      document: { code: 'NO_BOOK' },
    })
    const foreign = join(folder, 'foreign.ballast')
    writeFileSync(foreign, 'x'.repeat(200))
    expect(await ballastJson(['limits', '--book', foreign])).toMatchObject({
      exit: 5,
      document: { code: 'STORE_FOREIGN' },
    })
    expect(existsSync(join(folder, 'none.ballast'))).toBe(false)
  })
})
