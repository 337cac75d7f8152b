import { err, ok, type Result } from '../domain/kernel/result.ts'
import { type CurveCell, curveCells, type CurveRequest } from '../domain/simulation/curves/kelly-curve.ts'
import { type CurvePoint, curvePoints } from '../domain/simulation/curves/kelly-curve-points.ts'
import type { RunFault } from './run-fault.ts'
import type { RunWatch } from './run-simulation.ts'
import type { ThreadPool } from './thread-pool.ts'

/** Runs a curve that was read on all threads; its points are the same on any number of them. */
export async function runCurve(
  pool: ThreadPool,
  request: CurveRequest,
  watch: RunWatch = {},
): Promise<Result<CurvePoint[], RunFault>> {
  const cells: CurveCell[] = []
  const fault = await pool.run({
    job: { kind: 'curve', request },
    first: 0,
    count: curveCells(request),
    chunk: 1,
    take: (found) => cells.push(...found),
    ...watch,
  })
  return fault === null ? ok(curvePoints(request, cells)) : err(fault)
}
