import type { RunInput } from '../../contract/simulation/input.ts'
import type { RunRecord, RunRecordRow, Scenario, ScenarioInput } from '../../contract/simulation/kept.ts'
import type { RunResult } from '../../contract/simulation/result.ts'
import type { Plain } from '../../domain/kernel/canonical.ts'
import type { BookWriter, SimulationRecord } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { readRun, readSimulation } from './read-run.ts'
import { stakingOf } from './staking-of.ts'
import { toleranceOf } from './tolerance-of.ts'

/** Keeps a finished run in the book it was asked from, whole or not at all; gives the record's id. */
export function keepRun(workspace: Workspace, book: BookWriter, input: RunInput, result: RunResult): string {
  const { ambient } = workspace.options
  const found = { ...result, histograms: undefined, fan: undefined, recordId: undefined }
  const recordId = ambient.newId()
  if (workspace.openBook !== book) {
    const says = 'The book was closed while the simulation ran, so the run was not kept: run it again.'
    throw new DeskRefusal('NO_BOOK', says)
  }
  book.saveSimulation({
    recordId,
    at: ambient.now(),
    digest: found.digest,
    engine: found.engine,
    seed: found.seed,
    paths: found.paths,
    trades: found.trades,
    milliseconds: found.milliseconds,
    says: `${found.model.says} ${found.staking.says}`,
    input: plainOf(input),
    found: plainOf(found),
  })
  return recordId
}

/** Runs kept in the book, newest first. */
export function listRuns(workspace: Workspace): RunRecordRow[] {
  return workspace.book.simulations().map((row) => ({ ...row }))
}

/** One kept run. */
export function keptRun(workspace: Workspace, recordId: string): RunRecord {
  const record = workspace.book.simulation(recordId)
  if (record === undefined) throw new DeskRefusal('NOT_FOUND', `There is no run ${recordId} in this book.`, 'recordId')
  const { at, says } = record
  return { recordId, at, says, ...readBack(record) }
}

/** Scenarios kept in the book, by name. */
export function listScenarios(workspace: Workspace): Scenario[] {
  // Safe: only `saveScenario` writes them, and it writes this shape.
  return workspace.book.scenarios().map(({ name, at, content }) => ({
    ...(content as unknown as Omit<ScenarioInput, 'name'>),
    name,
    at,
  }))
}

/** Keeps a scenario that can be run; one of the same name is replaced. */
export function saveScenario(workspace: Workspace, { name, ...content }: ScenarioInput): Scenario {
  const { book, options } = workspace
  readRun(workspace, content.run)
  toleranceOf(content.tolerance)
  if (content.against !== undefined) {
    const read = readSimulation(workspace, content.run)
    stakingOf(workspace, content.against, read.asked, read.cost, 'against')
  }
  const at = options.ambient.now()
  book.saveScenario({ name, at, content: plainOf(content) })
  return { ...content, name, at }
}

/** Takes a scenario out of the book. */
export function dropScenario(workspace: Workspace, name: string): null {
  if (workspace.book.scenarios().every((scenario) => scenario.name !== name))
    throw new DeskRefusal('NOT_FOUND', `There is no scenario ${name} in this book.`, 'name')
  workspace.book.dropScenario(name)
  return null
}

function readBack({ input, found }: SimulationRecord): Pick<RunRecord, 'input' | 'found'> {
  // Safe: only `keepRun` writes them, and it writes these shapes.
  return { input, found } as unknown as Pick<RunRecord, 'input' | 'found'>
}

/** Without members that are `undefined`, as JSON has it. */
function plainOf(value: unknown): Plain {
  return JSON.parse(JSON.stringify(value)) as Plain
}
