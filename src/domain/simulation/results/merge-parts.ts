import { canonical } from '../../kernel/canonical.ts'
import { type Reason, reason } from '../../kernel/reason.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import type { SimulationPlan } from '../plan.ts'
import { copyMeasures, pathMeasures } from './path-measures.ts'
import { LEAF_PATHS } from './run-digest.ts'
import { keepsPaths, type RunPart } from './run-part.ts'
import { emptyTally, mergedTally } from './tally.ts'

/** Joins the parts of one run, in any order, into the whole: the same bytes as a run in one piece. */
export function mergeParts(parts: readonly RunPart[]): Result<RunPart, Reason> {
  const [head] = parts
  if (head === undefined) return err(reason('INPUT_MISSING', 'There are no parts to merge.', 'parts'))
  const { plan } = head
  const name = canonical(plan)
  if (parts.some((part) => canonical(part.plan) !== name)) {
    const says = 'The parts come from different runs: model, staking, paths, trades and seed must be the same in all.'
    return err(reason('SPEC_MISMATCH', says, 'parts'))
  }
  const inOrder = [...parts].filter(({ count }) => count > 0).sort((a, b) => a.first - b.first)
  let next = 0
  for (const { first, count } of inOrder) {
    if (first !== next) {
      const says =
        first > next
          ? `Paths ${next} to ${first - 1} are in none of the parts: run the missing shard.`
          : `Path ${first} is in two parts: leave one of them out.`
      return err(reason(first > next ? 'INPUT_MISSING' : 'DUPLICATE', says, 'parts'))
    }
    next = first + count
  }
  if (next !== plan.paths) {
    const says = `Paths ${next} to ${plan.paths - 1} are in none of the parts: run the missing shard.`
    return err(reason('INPUT_MISSING', says, 'parts'))
  }
  return ok(joined(inOrder, head))
}

function joined(parts: readonly RunPart[], { plan }: RunPart): RunPart {
  const fan = new Float32Array(plan.fanPaths * plan.fanSteps.length)
  const measures = pathMeasures(keepsPaths(plan) ? plan.paths : 0, plan.detail)
  const leaves: string[] = []
  let tally = emptyTally()
  for (const part of parts) {
    if (part.fan.length > 0) fan.set(part.fan, part.first * plan.fanSteps.length)
    if ('measures' in part.kept) copyMeasures(part.kept.measures, measures, part.first)
    else {
      leaves.push(...part.kept.leaves)
      tally = mergedTally(tally, part.kept.tally)
    }
  }
  return { plan, first: 0, count: plan.paths, kept: keepsPaths(plan) ? { measures } : { tally, leaves }, fan }
}

/** The paths of shard `shard` (from 1) of `shards`: nearly equal shares, on whole leaves where a run keeps a tally. */
export function shardRange(plan: SimulationPlan, shard: number, shards: number): { first: number; count: number } {
  const grain = keepsPaths(plan) ? 1 : LEAF_PATHS
  const grains = Math.ceil(plan.paths / grain)
  const edge = (index: number): number => Math.min(plan.paths, Math.floor((grains * index) / shards) * grain)
  const first = edge(shard - 1)
  return { first, count: edge(shard) - first }
}
