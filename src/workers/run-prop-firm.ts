import { err, ok, type Result } from '../domain/kernel/result.ts'
import type { PropFirmPlan } from '../domain/simulation/prop-firm/plan.ts'
import { type PropFirmOdds, propFirmOdds } from '../domain/simulation/prop-firm/prop-firm-odds.ts'
import { mergedPropFirm, type PropFirmTally } from '../domain/simulation/prop-firm/prop-firm-run.ts'
import type { RunFault } from './run-fault.ts'
import type { RunWatch } from './run-simulation.ts'
import type { ThreadPool } from './thread-pool.ts'

/** Trades walked in a chunk, about: a few milliseconds. */
const CHUNK_TRADES = 60_000

/** Runs a plan that was read on all threads; the odds are the same on any number of them. */
export async function runPropFirmOdds(
  pool: ThreadPool,
  plan: PropFirmPlan,
  watch: RunWatch = {},
): Promise<Result<PropFirmOdds[], RunFault>> {
  let tallies: readonly PropFirmTally[] = []
  const fault = await pool.run({
    job: { kind: 'propFirm', plan },
    first: 0,
    count: plan.paths,
    chunk: chunkOf(plan),
    take(part) {
      tallies = tallies.length === 0 ? part : mergedPropFirm(tallies, part)
    },
    ...watch,
  })
  return fault === null ? ok(propFirmOdds(plan, tallies)) : err(fault)
}

/** Accounts of a chunk. */
function chunkOf({ variants, horizon, days }: PropFirmPlan): number {
  const tradesADay = days.reduce((sum, day) => sum + day.length, 0) / days.length
  return Math.max(1, Math.min(100, Math.floor(CHUNK_TRADES / (variants.length * horizon * Math.max(1, tradesADay)))))
}
