import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

/** Runs a command line on a request and reads its one document. */
async function ballast(program: string, words: readonly string[], input: string): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, [program, ...words, '--json'], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(input)
  let text = ''
  for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) text += chunk
  return JSON.parse(text) as Record<string, unknown>
}

test('the built command line simulates to the digest of the source, on threads of its own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ballast-bundle-'))
  const run = JSON.stringify({
    model: { kind: 'bootstrap', returns: [1.4, -1, 0.3, -1, 2.2, -0.6], block: 2 },
    staking: { method: 'drawdown_throttle', fraction: 0.02, drawdownLimit: 0.3, factor: 3 },
    paths: 20_003,
    trades: 80,
    seed: 5,
    floor: 0.7,
  })
  const where = ['--data-dir', folder]
  const source = await ballast('src/cli/main.ts', ['mc', ...where], run)
  expect(source).toMatchObject({ ok: true, paths: 20_003 })
  for (const workers of ['1', '3']) {
    const built = await ballast('out/main/cli.js', ['mc', '--workers', workers, ...where], run)
    expect(built['digest']).toBe(source['digest'])
    expect(built['engine']).toBe(source['engine'])
  }
  const parts = await Promise.all(
    ['1/2', '2/2'].map(async (shard, index) => {
      const file = join(folder, `part-${index}.json`)
      await writeFile(file, JSON.stringify(await ballast('out/main/cli.js', ['mc', '--shard', shard, ...where], run)))
      return file
    }),
  )
  const merged = await ballast('out/main/cli.js', ['mc', 'merge', ...parts, ...where], '')
  expect(merged['digest']).toBe(source['digest'])
  await rm(folder, { recursive: true })
})

test('what is shipped holds the program of the simulating threads', async () => {
  const shipped = await readFile('resources/electron-builder.yml', 'utf8')
  expect(shipped).toContain('- out/**')
  expect(await readFile('out/main/simulation-worker.js', 'utf8')).toContain('parentPort')
})
