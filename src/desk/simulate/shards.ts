import { base64Of, bytesOf } from '../../contract/base64.ts'
import type { RunInput } from '../../contract/simulation/input.ts'
import type { RunResult } from '../../contract/simulation/result.ts'
import { invariant } from '../../domain/kernel/invariant.ts'
import { readPositive } from '../../domain/kernel/money.ts'
import type { StopSignal } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { answerOf, found, type ReadyRun, threadsOf } from './messages.ts'
import { planView } from './plan-view.ts'
import { accepted, budgetOf } from './read-figures.ts'
import { readRun } from './read-run.ts'
import { runResult } from './run-result.ts'

/** One shard of a run as base64. */
export interface ShardAnswer {
  readonly first: number
  readonly count: number
  readonly part: string
}

/** Runs one shard, counted from 1, of a run. */
export function runShard(
  workspace: Workspace,
  { run, shard, shards }: { readonly run: RunInput; readonly shard: number; readonly shards: number },
  signal: StopSignal,
): Promise<ShardAnswer> {
  if (shard > shards) {
    const says = `shard is ${shard} of ${shards}; it must be a whole number from 1 to ${shards}.`
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, 'shard')
  }
  const { plan, timeBudget, memoryBudget } = readRun(workspace, run)
  const ready: ReadyRun<ShardAnswer> = {
    timeBudget,
    memoryBudget,
    async begin(watch) {
      const { first, count, bytes } = found(await threadsOf(workspace).shard(plan, { shard, shards }, watch))
      return { first, count, part: base64Of(bytes) }
    },
  }
  return answerOf(signal, ready)
}

/** Joins all shards of a run into the whole, the same bytes as a run in one piece. */
export function mergeShards(
  workspace: Workspace,
  { parts, startingEquity = '1' }: { readonly parts: readonly string[]; readonly startingEquity?: string | undefined },
  signal: StopSignal,
): Promise<RunResult> {
  accepted(readPositive(startingEquity, 'startingEquity'))
  const bytes = parts.map((part, index) => {
    const read = bytesOf(part)
    if (read !== undefined) return read
    throw new DeskRefusal('INPUT_MALFORMED', `parts[${index}] is not base64.`, `parts[${index}]`)
  })
  return answerOf(signal, {
    ...budgetOf(),
    async begin(watch) {
      const threads = threadsOf(workspace)
      const began = workspace.options.ambient.now()
      const merged = await threads.merge(bytes, watch)
      if (!merged.ok) throw new DeskRefusal(merged.error.code, merged.error.says, 'parts')
      const [run] = merged.value.runs
      invariant(run !== undefined, 'merged parts are a run')
      const view = { startingEquity, ...planView(run.plan) }
      return runResult(view, run, threads.engine, workspace.options.ambient.now() - began)
    },
  })
}
