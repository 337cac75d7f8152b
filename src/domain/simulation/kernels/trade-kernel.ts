import { bootstrapSource } from '../outcomes/bootstrap-source.ts'
import { winLossSource } from '../outcomes/win-loss-source.ts'
import type { PathMeasures } from '../results/path-measures.ts'
import { logWalk } from '../walks/log-walk.ts'
import type { TradesJob } from './kernels.ts'

/** Plain TypeScript form of the kernel of all measures: the walk that any plan can take. */
export function runTrades(job: TradesJob, first: number, count: number, into: PathMeasures, at: number): void {
  const { seed, draw, bits, target, limit } = job
  const source =
    draw.kind === 'flips'
      ? winLossSource(seed, draw.chance, draw.up, draw.down)
      : bootstrapSource(seed, Float64Array.from(draw.increments), { block: 1, uncertain: false })
  const walk = logWalk(bits, { floor: -Infinity, fall: Infinity, target, limit }, false)
  const outcomes = new Float64Array(job.steps)
  for (let path = 0; path < count; path++) {
    source.fill(first + path, outcomes)
    walk(outcomes, into, at + path)
  }
}
