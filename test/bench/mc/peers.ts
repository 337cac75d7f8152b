import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** One engine's time on one load, in CPU nanoseconds per step. */
export interface Timing {
  readonly work: string
  readonly engine: string
  readonly ns: number
}

/** A command that prints timings, one JSON object a line. */
export interface Engine {
  readonly title: string
  readonly command: readonly [program: string, ...words: string[]]
  readonly folder: string
}

const shared = resolve('../shared/bench/mc')
const python = '/usr/bin/python3'

/** The peers that this machine can run, compiled into a folder of their own, and why the others cannot. */
export function peerEngines(): {
  readonly engines: readonly Engine[]
  readonly missing: readonly string[]
  readonly folder: string
} {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-mc-'))
  if (!existsSync(shared))
    return { engines: [], missing: ['every peer: their scripts are not beside the project'], folder }
  cpSync(shared, folder, { recursive: true })
  const missing: string[] = []
  const engines: Engine[] = []
  const add = (title: string, check: readonly [string, ...string[]], command: Engine['command']): void => {
    const [program, ...words] = check
    if (runs(program, words, folder)) engines.push({ title, command, folder })
    else missing.push(`${title}: «${check.join(' ')}» fails here`)
  }
  const compile = ['gcc', '-O3', '-march=native', '-o', 'mc', 'mc.c', '-lm'] as const
  add('C', compile, [join(folder, 'mc'), 'all', 'all', '5'])
  const numpy = 'all matrix,chunk,loop,loop2,loop32,naive 3'.split(' ')
  add('NumPy', [python, '-c', 'import numpy'], [python, join(folder, 'mc_numpy.py'), ...numpy])
  add('Numba', [python, '-c', 'import numba'], [python, join(folder, 'mc_numba.py'), 'all', 'plain,sfc,zig,gen', '3'])
  return { engines, missing, folder }
}

/** What an engine prints on one core. */
export function timingsOf({ command, folder }: Engine): Timing[] {
  const words =
    availableParallelism() > 1 && runs('taskset', ['--version'], folder)
      ? ['taskset', '-c', '0', ...command]
      : [...command]
  const [program = '', ...rest] = words
  return read(program, rest, folder)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Timing)
}

/** Nanoseconds per step of the pure-Python loop that the seed describes, on its longest runs; `undefined` without Python. */
export function pythonLoop(folder: string): number | undefined {
  const script = join(folder, 'py_naive.py')
  if (!existsSync(script) || !runs(python, ['-c', 'import numpy'], folder)) return undefined
  const times = [...read(python, [script], folder).matchAll(/(\d+) ns\/step/g)].map(([, ns]) => Number(ns))
  return times.at(-1)
}

function read(program: string, words: readonly string[], folder: string): string {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', NUMBA_NUM_THREADS: '1' }
  return execFileSync(program, words, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

function runs(program: string, words: readonly string[], folder: string): boolean {
  try {
    read(program, words, folder)
    return true
  } catch (error) {
    return error instanceof Error && !('status' in error) && !('code' in error)
  }
}
