import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ballastJson } from './run-ballast.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-schedulers-'))
const bin = join(folder, 'bin')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const input = JSON.stringify({
  model: { kind: 'bootstrap', returns: [1.4, -1, 0.3, -1, 2.2, -0.6], block: 2 },
  staking: { method: 'fixed_fraction', fraction: 0.02 },
  paths: 5_003,
  trades: 40,
  seed: 5,
})

beforeAll(() => {
  mkdirSync(bin)
  const program = join(bin, 'ballast')
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${process.cwd()}/src/cli/main.ts" "$@"\n`)
  chmodSync(program, 0o755)
})

/** A folder with the run, where the tasks of a scheduler are run by xargs, two at a time, in its place. */
function spread(name: string, script: string, numbers: readonly number[], numbered: string, env: object): string {
  const place = join(folder, name)
  mkdirSync(place)
  writeFileSync(join(place, 'run.json'), input)
  writeFileSync(join(place, 'task.sh'), script)
  execFileSync('xargs', ['-P', '2', '-I', '{}', 'env', `${numbered}={}`, 'sh', '-e', 'task.sh'], {
    cwd: place,
    input: numbers.join('\n'),
    env: { ...process.env, ...env, TMPDIR: place, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  return place
}

async function digestOf(words: readonly string[]): Promise<unknown> {
  const { document } = await ballastJson([...words, '--data-dir', folder], { input })
  expect(document).toMatchObject({ ok: true })
  return document['digest']
}

async function expectWhole(place: string, shards: number): Promise<void> {
  const parts = readdirSync(place).filter((name) => /^part-\d+\.json$/.test(name))
  expect(parts).toHaveLength(shards)
  expect(await digestOf(['mc', 'merge', ...parts.map((name) => join(place, name))])).toBe(await digestOf(['mc']))
}

describe('the manifest of an existing scheduler', { timeout: 240_000 }, () => {
  it('spreads a run over an indexed Job of Kubernetes, and its parts merge to the whole', async () => {
    const job = parse(readFileSync('resources/schedulers/kubernetes-job.yaml', 'utf8')) as {
      apiVersion: string
      kind: string
      spec: {
        completionMode: string
        completions: number
        template: {
          spec: { containers: { command: string[]; args: string[]; env: { name: string; value: string }[] }[] }
        }
      }
    }
    expect([job.apiVersion, job.kind, job.spec.completionMode]).toEqual(['batch/v1', 'Job', 'Indexed'])
    const [container] = job.spec.template.spec.containers
    const { completions } = job.spec
    const env = Object.fromEntries(container?.env.map(({ name, value }) => [name, value]) ?? [])
    expect(Number(env['SHARDS'])).toBe(completions)
    expect(container?.command).toEqual(['/bin/sh', '-ec'])
    // The mounts of the pod are folders here.
    const script = container?.args[0]?.replaceAll('/parts/', './').replace('/run-config/', './').replace('/tmp/', './')
    const indices = Array.from({ length: completions }, (_, index) => index)
    await expectWhole(spread('kubernetes', script ?? '', indices, 'JOB_COMPLETION_INDEX', env), completions)
  })

  it('spreads a run over an array of Slurm, and its parts merge to the whole', async () => {
    const script = readFileSync('resources/schedulers/slurm-array.sh', 'utf8')
    const [, first, last] = /^#SBATCH --array=(\d+)-(\d+)$/m.exec(script) ?? []
    const count = Number(last) - Number(first) + 1
    const tasks = Array.from({ length: count }, (_, index) => Number(first) + index)
    const env = { SLURM_ARRAY_TASK_COUNT: String(count) }
    await expectWhole(spread('slurm', script, tasks, 'SLURM_ARRAY_TASK_ID', env), count)
  })
})
