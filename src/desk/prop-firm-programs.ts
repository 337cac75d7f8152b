import { parse } from 'yaml'
import type { ProgramView } from '../contract/prop-firm.ts'
import { figuresAge } from '../domain/prop-firm/figures-age.ts'
import type { Program } from '../domain/prop-firm/program.ts'
import { readProgram } from '../domain/prop-firm/read-program.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** The programs shipped with Ballast and those of the data folder; a file of the data folder stands before a shipped one. */
export function listPrograms(workspace: Workspace): ProgramView[] {
  const names = (workspace.options.programs ?? []).map(({ name }) => name)
  return [...new Set(names)].flatMap((name) => {
    const read = readNamed(workspace, name)
    return read.ok ? [programView(workspace, read.value)] : []
  })
}

/** The program with this id. Refuses with every fault of its file. */
export function programOf(workspace: Workspace, id: string): Program {
  const read = readNamed(workspace, id)
  if (read.ok) return read.value
  throw new DeskRefusal(
    read.error[0]?.code ?? 'NOT_FOUND',
    `The program ${id} cannot be used: ${read.error.map(({ says }) => says).join(' ')}`,
    'programId',
  )
}

/** A program for a list, with how old its figures are now. */
export function programView(workspace: Workspace, program: Program): ProgramView {
  const { id, firm, title, says, verified, day, maximum, targets, consistency } = program
  const age = figuresAge(program, workspace.options.ambient.now())
  const sources = [day, maximum, consistency, ...targets].flatMap((one) => one?.source ?? [])
  return {
    id,
    firm,
    title,
    says,
    verified,
    read: age.read,
    old: age.old,
    ageSays: age.says,
    sources: [...new Set(sources)],
  }
}

function readNamed(workspace: Workspace, id: string): ReturnType<typeof readProgram> {
  const found = workspace.options.programs?.find(({ name }) => name === id)
  if (found === undefined) throw new DeskRefusal('NOT_FOUND', `There is no program ${id}.`, 'programId')
  const known = programs.get(found)
  if (known !== undefined) return known
  const read = readProgram(parse(found.yaml))
  programs.set(found, read)
  return read
}

/** Files are read once for as long as they are held. */
const programs = new WeakMap<object, ReturnType<typeof readProgram>>()
