import type { StudyQuery, StudyView } from '../../contract/portfolio/study.ts'
import { accepted } from '../simulate/read-figures.ts'
import type { Workspace } from '../workspace.ts'
import { readStudyFrame } from './read-study-frame.ts'

/** Instruments of the book studied together; refuses with fewer than two that can be. */
export async function studyMarketsOf(workspace: Workspace, asked: StudyQuery): Promise<StudyView> {
  const frame = readStudyFrame(workspace, asked)
  const answer = await workspace.markets.work(workspace.book, { kind: 'study', frame })
  const view = accepted(answer)
  return { ...view, age: (asked.asOf ?? workspace.now()) - view.at }
}
