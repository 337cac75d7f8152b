import { afterAll, describe, expect, it } from 'vitest'
import { wasmKernels } from '../../src/wasm/wasm-kernels.ts'
import { runPlan } from '../../src/domain/simulation/run-plan.ts'
import { mergeParts } from '../../src/domain/simulation/results/merge-parts.ts'
import { partBytes, partFrom } from '../../src/domain/simulation/results/part-bytes.ts'
import type { RunPart } from '../../src/domain/simulation/results/run-part.ts'
import type { Result } from '../../src/domain/kernel/result.ts'
import { digestOf, runSimulation } from '../../src/workers/run-simulation.ts'
import { sha256 } from '../../src/workers/sha256.ts'
import { type PoolOptions, threadPool, type ThreadPool } from '../../src/workers/thread-pool.ts'
import { planOf, someTrades } from '../domain/simulation/plan-of.ts'

const pools: ThreadPool[] = []
const pool = (options: PoolOptions): ThreadPool => {
  const made = threadPool(options)
  pools.push(made)
  return made
}
afterAll(() => Promise.all(pools.map((each) => each.close())))

const staking = { method: 'fixed_fraction', fraction: 0.03 } as const
const plan = planOf({
  model: { kind: 'bootstrap', returns: someTrades, block: 'auto' },
  staking,
  paths: 9_973,
  trades: 120,
  seed: 2026,
  floor: 0.7,
})
const long = planOf({
  model: { kind: 'winloss', winProbability: 0.5, payoff: 1.1 },
  staking,
  paths: 2_000_000,
  trades: 5_000,
  seed: 1,
})
const core = planOf({
  model: { kind: 'bootstrap', returns: someTrades },
  staking,
  paths: 20_011,
  trades: 90,
  seed: 4,
  detail: 'core',
})

function value<T>(result: Result<T, { says: string }>): T {
  if (!result.ok) throw new Error(result.error.says)
  return result.value
}

describe('a run on threads', () => {
  it.each([
    ['a full run', plan],
    ['a core run', core],
  ])('has the same digest for 0, 1, 2, 3 and 8 workers: %s', async (_, each) => {
    const alone = digestOf(runPlan(each, wasmKernels(), sha256))
    for (const workers of [0, 1, 2, 3, 8]) {
      const part = value(await runSimulation(pool({ workers }), each))
      expect(digestOf(part), `${workers} workers`).toBe(alone)
    }
    expect(digestOf(value(await runSimulation(pool({ workers: 2 }), each, { callerHelps: false })))).toBe(alone)
  })

  it('has the same digest in seven shards, written down and merged', async () => {
    const threads = pool({ workers: 1 })
    const whole = value(await runSimulation(threads, plan))
    const parts: RunPart[] = []
    for (let shard = 7; shard >= 1; shard--) {
      const part = value(await runSimulation(threads, plan, { shard: { shard, shards: 7 } }))
      parts.push(value(partFrom(partBytes(part))))
    }
    expect(digestOf(value(mergeParts(parts)))).toBe(digestOf(whole))
  })

  it('reports progress up to the whole', async () => {
    const seen: number[] = []
    value(await runSimulation(pool({ workers: 1 }), plan, { onProgress: (done) => seen.push(done) }))
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.length).toBeGreaterThan(3)
    expect(seen.at(-1)).toBe(plan.paths)
  })

  it('serves several runs at once', async () => {
    const threads = pool({ workers: 2 })
    const [first, second] = await Promise.all([runSimulation(threads, plan), runSimulation(threads, core)])
    expect(digestOf(value(first))).toBe(digestOf(runPlan(plan, wasmKernels(), sha256)))
    expect(digestOf(value(second))).toBe(digestOf(runPlan(core, wasmKernels(), sha256)))
  })
})

describe('a run that ends early', () => {
  const after = async (end: (threads: ThreadPool, stop: AbortController) => void, timeBudget?: number) => {
    const threads = pool({ workers: 2 })
    const stop = new AbortController()
    let begun = false
    const onProgress = (): void => {
      if (begun) return
      begun = true
      end(threads, stop)
    }
    const result = await runSimulation(threads, long, { signal: stop.signal, onProgress, timeBudget })
    const again = value(await runSimulation(threads, core))
    expect(digestOf(again)).toBe(digestOf(runPlan(core, wasmKernels(), sha256)))
    return result.ok ? undefined : result.error
  }

  it('gives nothing when it is cancelled, before or after its start', async () => {
    expect((await after((_, stop) => stop.abort()))?.code).toBe('CANCELLED')
    const signal = AbortSignal.abort()
    const never = await runSimulation(pool({ workers: 1 }), plan, { signal })
    expect(never.ok ? undefined : never.error.says).toBe('The simulation was cancelled; nothing of it was kept.')
  })

  it('does no more work once it is cancelled', async () => {
    let chunks = 0
    const counted = Object.defineProperty({ ...long }, 'detail', {
      get: () => {
        chunks += 1
        return 'full'
      },
    })
    const stop = new AbortController()
    await runSimulation(pool({ workers: 0 }), counted, { signal: stop.signal, onProgress: () => stop.abort() })
    const then = chunks
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(chunks).toBe(then)
  })

  it('gives nothing when its time is up', async () => {
    const fault = await after(() => undefined, 60)
    expect(fault?.code).toBe('TIME_BUDGET')
    expect(fault?.says).toContain('time budget of 60 ms')
  })

  it('gives nothing when a worker is lost, and the next run has a new one', async () => {
    const fault = await after((threads) => void threads.close())
    expect(fault).toEqual({
      code: 'WORKER_LOST',
      says: 'A simulation worker ended unexpectedly; nothing of the run was kept. Run it again.',
    })
  })

  it('does not begin when it would need too much memory', async () => {
    const result = await runSimulation(pool({ workers: 0 }), long, { memoryBudget: 50_000_000 })
    expect(result.ok ? undefined : result.error.says).toMatch(/needs about \d+ MB and may use 48 MB/)
  })

  it('gives nothing when a worker runs out of memory', async () => {
    const many = planOf({
      model: { kind: 'bootstrap', returns: Array.from({ length: 60_000 }, (_, index) => Math.sin(index)) },
      staking: { method: 'fixed_fraction', fraction: 0.001 },
      paths: 1_000,
      trades: 50,
      seed: 1,
    })
    const result = await runSimulation(pool({ workers: 1, workerHeap: 4 }), many, { callerHelps: false })
    expect(result.ok ? undefined : result.error.code).toBe('WORKER_MEMORY')
  })
})
