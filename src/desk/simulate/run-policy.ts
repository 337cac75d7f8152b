import type { CompareInput, RunInput } from '../../contract/simulation/input.ts'
import type { CompareResult, RunResult } from '../../contract/simulation/result.ts'
import { invariant } from '../../domain/kernel/invariant.ts'
import { fromFloat, sayPercent } from '../../domain/kernel/money.ts'
import type { PolicyComparison } from '../../domain/simulation/curves/compare-policies.ts'
import { EXACT_PATHS } from '../../domain/simulation/results/run-part.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { keepRun } from './kept-runs.ts'
import { found, type ReadyRun, threadsOf } from './messages.ts'
import { planOf, readRun, readSimulation } from './read-run.ts'
import { mutable, runResult } from './run-result.ts'
import { stakingOf } from './staking-of.ts'

/** One simulation, read and ready; kept in the book where that is asked for, once it is whole. */
export function readyRun(workspace: Workspace, input: RunInput): ReadyRun<RunResult> {
  const read = readRun(workspace, input)
  const book = input.record === true ? workspace.book : undefined
  const { timeBudget, memoryBudget } = read
  return {
    timeBudget,
    memoryBudget,
    async begin(watch) {
      const threads = threadsOf(workspace)
      const began = workspace.options.ambient.now()
      const { runs } = found(await threads.run([read.plan], watch))
      const [run] = runs
      invariant(run !== undefined, 'a run that ended has a result')
      const result = runResult(read, run, threads.engine, workspace.options.ambient.now() - began)
      return book === undefined ? result : { ...result, recordId: keepRun(workspace, book, input, result) }
    },
  }
}

/** Policy A against policy B on the same random numbers, read and ready; A is kept in the book where that is asked for. */
export function readyComparison(
  workspace: Workspace,
  { a, b, record, ...input }: CompareInput,
): ReadyRun<CompareResult> {
  const read = readSimulation(workspace, input)
  const [first, second] = [
    stakingOf(workspace, a, read.asked, read.cost, 'a'),
    stakingOf(workspace, b, read.asked, read.cost, 'b'),
  ]
  if (read.base.paths > EXACT_PATHS) {
    const says = `paths is ${read.base.paths}; policies are compared path by path, which takes at most ${EXACT_PATHS}.`
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, 'paths')
  }
  const book = record === true ? workspace.book : undefined
  const plans = [planOf(read, first.staking, 'full'), planOf(read, second.staking, 'full')]
  const { timeBudget, memoryBudget } = read
  return {
    timeBudget,
    memoryBudget,
    async begin(watch) {
      const threads = threadsOf(workspace)
      const began = workspace.options.ambient.now()
      const { runs, comparison } = found(await threads.run(plans, watch))
      const [one, two] = runs
      invariant(one !== undefined && two !== undefined && comparison !== null, 'two runs are compared')
      const milliseconds = workspace.options.ambient.now() - began
      const own = runResult({ ...read, staking: first.view }, one, threads.engine, milliseconds)
      const other = runResult({ ...read, staking: second.view }, two, threads.engine, milliseconds)
      const kept = { ...input, staking: a, detail: 'full', record: true } as const
      return {
        a: book === undefined ? own : { ...own, recordId: keepRun(workspace, book, kept, own) },
        b: other,
        growthDifference: mutable(comparison.growthDifference),
        aEndsHigher: mutable(comparison.firstEndsHigher),
        drawdownDifference: mutable(comparison.drawdownDifference),
        milliseconds,
        says: sayComparison(comparison),
      }
    },
  }
}

function sayComparison({ growthDifference: { value, low, high }, firstEndsHigher }: PolicyComparison): string {
  const higher = `A ends higher on ${percent(firstEndsHigher.probability)} of the paths`
  if (low <= 0 && high >= 0) return `Growth does not differ beyond chance; ${higher}.`
  return `${value > 0 ? 'A' : 'B'} grows faster by ${percent(Math.abs(value), 3)} a trade; ${higher}.`
}

function percent(share: number, digits = 4): string {
  return sayPercent(fromFloat(Number(share.toPrecision(digits))))
}
