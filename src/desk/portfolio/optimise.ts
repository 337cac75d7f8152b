import type { FrontierInput, FrontierResult, OptimiseInput, OptimiseResult } from '../../contract/portfolio/optimise.ts'
import { accepted, figureOr } from '../simulate/read-figures.ts'
import type { Workspace } from '../workspace.ts'
import { readWanted } from './read-wanted.ts'

/** Weighs a portfolio from the studies of the book, beside what is held. */
export async function optimiseFor(workspace: Workspace, asked: OptimiseInput): Promise<OptimiseResult> {
  const { frame, wanted } = readWanted(workspace, asked)
  const answer = accepted(await workspace.markets.work(workspace.book, { kind: 'optimise', frame, wanted }))
  return { ...answer, study: { ...answer.study, age: workspace.now() - answer.study.at } }
}

/** The frontier under the same limits. */
export async function frontierFor(workspace: Workspace, asked: FrontierInput): Promise<FrontierResult> {
  const { points: wantedPoints, ...rest } = asked
  const points = figureOr(wantedPoints ?? undefined, 'points', 20, { from: 2, to: 100, whole: true })
  const { frame, wanted } = readWanted(workspace, rest)
  const answer = accepted(await workspace.markets.work(workspace.book, { kind: 'frontier', frame, wanted, points }))
  return { ...answer, study: { ...answer.study, age: workspace.now() - answer.study.at } }
}
