import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { simulatingRoom } from '../desk/simulating-room.ts'
import { ballast, ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-cli-mc-'))
const where = ['--data-dir', folder] as const
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const RUN = {
  model: { kind: 'winloss', p: 0.55, b: 1.2 },
  staking: { method: 'fixed_fraction', fraction: 0.02 },
  paths: 9_001,
  trades: 50,
  seed: 11,
  floor: 0.8,
}
const input = JSON.stringify(RUN)

interface Answer {
  readonly digest: string
  readonly milliseconds: number
  readonly [field: string]: unknown
}

async function mc(words: readonly string[], given: string = input): Promise<Answer> {
  const { exit, document, stderr } = await ballastJson(['mc', ...words, ...where], { input: given })
  expect(exit, stderr).toBe(0)
  return document as unknown as Answer
}

/** All that was found, without how long it took and what the stake is called: parts know only what it came to. */
function found(answer: Answer): object {
  return { ...answer, milliseconds: 0, model: undefined, staking: undefined }
}

describe('mc', { timeout: 120_000 }, () => {
  it('answers with what a program needs of a run', async () => {
    const answer = await mc([])
    expect(answer).toMatchObject({
      ok: true,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      finalEquity: {
        mean: expect.any(Number) as number,
        se: expect.any(Number) as number,
        quantiles: { '0.05': expect.any(Number) as number, '0.5': expect.any(Number) as number },
      },
      growthPerTrade: expect.any(Number) as number,
      maxDrawdown: { mean: expect.any(Number) as number, quantiles: { '0.95': expect.any(Number) as number } },
      ruin: {
        probability: expect.any(Number) as number,
        low: expect.any(Number) as number,
        high: expect.any(Number) as number,
      },
      losingStreak: { quantiles: { '0.5': expect.any(Number) as number } },
      engine: expect.any(String) as string,
      milliseconds: expect.any(Number) as number,
      seed: 11,
      paths: 9_001,
    })
  })

  it('is the same by options as by JSON on stdin, and as the desk has it, for any number of workers', async () => {
    const words = '--model winloss --p 0.55 --b 1.2 --staking fixed_fraction --fraction 0.02'.split(' ')
    const sizes = '--paths 9001 --trades 50 --seed 11 --floor 0.8'.split(' ')
    const answers = [
      await mc([...words, ...sizes], ''),
      ...(await Promise.all(['1', '2', '3', '8'].map((workers) => mc(['--workers', workers])))),
      await mc([], JSON.stringify({ ...RUN, model: { winloss: { p: 0.55, b: 1.2 } } })),
    ]
    const room = await simulatingRoom({ workers: 1 })
    const desk = await room.calls.simulation.runOnce(RUN as Parameters<typeof room.calls.simulation.runOnce>[0])
    await room.close()
    expect([...new Set(answers.map(({ digest }) => digest))]).toEqual([desk.digest])
    expect(answers[0]?.['growthPerTrade']).toBe(desk.growthPerTrade.value)
  })

  it('lets an option stand before what stdin says', async () => {
    expect(await mc(['--seed', '12', '--paths', '40'])).toMatchObject({ seed: 12, paths: 40 })
  })

  it('is the whole that its shards are merged to, 1 of 1 and 2 of 2, in the money it begins with', async () => {
    const own = JSON.stringify({ ...RUN, startingEquity: '50000' })
    const whole = await mc([], own)
    for (const shards of [1, 2]) {
      const files = Array.from({ length: shards }, (_, index) => join(folder, `part-${shards}-${index + 1}.json`))
      await Promise.all(
        files.map((file, index) => mc(['--shard', `${index + 1}/${shards}`, '--workers', '1', '--out', file], own)),
      )
      expect(found(await mc(['merge', ...files.toReversed()], ''))).toEqual(found(whole))
    }
  })

  it('says which part is missing, given twice, of another run, or broken', async () => {
    const part = async (shard: string, given = input): Promise<string> => {
      const file = join(folder, `broken-${readdirSync(folder).length}.json`)
      await mc(['--shard', shard, '--out', file], given)
      return file
    }
    const first = await part('1/2')
    const strange = await part('2/2', JSON.stringify({ ...RUN, seed: 12 }))
    const torn = join(folder, 'torn.json')
    writeFileSync(torn, readFileSync(first, 'utf8').slice(0, 5_000))
    const short = join(folder, 'short.json')
    const { part: bytes } = JSON.parse(readFileSync(first, 'utf8')) as { part: string }
    writeFileSync(short, JSON.stringify({ part: bytes.slice(0, 4_000) }))
    const refused = async (...files: string[]): Promise<unknown> =>
      (await ballastJson(['mc', 'merge', ...files, ...where])).document
    expect(await refused(first)).toMatchObject({
      code: 'INPUT_MISSING',
      says: expect.stringContaining('missing shard') as string,
    })
    expect(await refused(first, first)).toMatchObject({ code: 'DUPLICATE' })
    expect(await refused(first, strange)).toMatchObject({ code: 'SPEC_MISMATCH' })
    const rich = await part('2/2', JSON.stringify({ ...RUN, startingEquity: '7' }))
    expect(await refused(first, rich)).toMatchObject({ code: 'SPEC_MISMATCH', field: 'files' })
    expect(await refused(torn)).toMatchObject({ code: 'INPUT_MALFORMED', field: 'files' })
    expect(await refused(short)).toMatchObject({ code: 'INPUT_MALFORMED' })
    expect(await refused(join(folder, 'none.json'))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('writes no part of a shard that failed', async () => {
    const file = join(folder, 'never.json')
    const words = ['mc', '--shard', '1/2', '--out', file, '--seconds', '0.05', '--paths', '4000000', ...where]
    const { exit, document } = await ballastJson(words, { input })
    expect(exit).toBe(3)
    expect(document).toMatchObject({ ok: false, code: 'TIME_BUDGET' })
    expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([])
  })

  it.each([
    [
      'NaN among the returns',
      ['--returns', '1 NaN -1', '--staking', 'kelly', '--fraction', '1'],
      '',
      'model.returns[1]',
      3,
    ],
    ['no model', [], '', '--model', 2],
    ['no stake', ['--p', '0.5', '--b', '1'], '', '--staking', 2],
    ['a broken shard', ['--shard', '8/7'], input, '--shard', 2],
    ['no number of workers', ['--workers', '0'], input, '--workers', 2],
    ['no JSON', [], '{"model":', 'stdin', 3],
    ['an unknown member', [], JSON.stringify({ ...RUN, colour: 'red' }), 'colour', 3],
    ['too much memory', ['--megabytes', '1'], input, undefined, 3],
    ['too much time', ['--seconds', '0.05', '--paths', '4000000', '--megabytes', '4000'], input, undefined, 3],
  ])('refuses %s in a sentence', async (_, words, given, field, code) => {
    const { exit, document } = await ballastJson(['mc', ...words, ...where], { input: given })
    expect(document).toMatchObject({ ok: false, says: expect.stringMatching(/^.{10,}\.$/) as string })
    expect(document['field']).toBe(field)
    expect(exit).toBe(code)
  })

  it('draws from the trades of a book, keeps a record where asked, and shows no bar where nobody watches', async () => {
    expect((await ballast(['book', 'sample', ...where])).exit).toBe(0)
    const words = [
      '--model',
      'book',
      '--strategy',
      'breakout',
      '--staking',
      'kelly_trades',
      '--paths',
      '500',
      '--record',
    ]
    const { exit, document, stderr } = await ballastJson(['mc', ...words, ...where])
    expect(exit, stderr).toBe(0)
    expect(document).toMatchObject({ model: { kind: 'bootstrap' }, recordId: expect.any(String) as string })
    expect(stderr).toBe('')
  })

  it('is a table for people', async () => {
    const { stdout } = await ballast(['mc', ...where], { input })
    expect(stdout).toMatch(/Final equity +\d/)
    expect(stdout).toContain('paths are enough')
    expect(stdout).toMatch(/Digest [0-9a-f]{64}/)
  })
})
