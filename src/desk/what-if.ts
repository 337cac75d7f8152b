import type { ChangeableInput, WhatIf } from '../contract/what-if.ts'
import { changeableInputs, type Snapshot } from '../domain/governor/what-if-inputs.ts'
import { whatIf, type Change } from '../domain/governor/what-if.ts'
import type { Rung, Step } from '../domain/governor/decision.ts'
import { storedSnapshot } from './decisions.ts'
import { DeskRefusal } from './refusal.ts'
import { shown } from './size-order.ts'
import type { Workspace } from './workspace.ts'

/** The inputs of a stored decision that a what-if may change. */
export function whatIfInputs(workspace: Workspace, decisionId: string): ChangeableInput[] {
  return changeableInputs(snapshotOf(workspace, decisionId)).map(({ path, group, title, kind, value }) => ({
    path,
    group,
    title,
    kind,
    value,
  }))
}

/** Decides a stored decision again with other inputs, beside what was recorded. Nothing is recorded. */
export function decideWhatIf(workspace: Workspace, decisionId: string, changes: readonly Change[]): WhatIf {
  const answer = whatIf(snapshotOf(workspace, decisionId), changes)
  if (!answer.ok) {
    const [first] = answer.error
    throw new DeskRefusal(first?.code ?? 'INTERNAL', answer.error.map(({ says }) => says).join(' '), first?.field)
  }
  const { mark, stored, whatIf: other, steps, ladder } = answer.value
  return {
    mark,
    decisionId,
    changes: answer.value.changes.map((change) => ({ ...change })),
    stored: shown(stored),
    whatIf: shown(other),
    steps: steps.map((pair) => ({ ...pair, stored: line(pair.stored), whatIf: line(pair.whatIf) })),
    ladder: ladder.map((pair) => ({ ...pair, stored: line(pair.stored), whatIf: line(pair.whatIf) })),
  }
}

function snapshotOf(workspace: Workspace, decisionId: string): Snapshot & { readonly body: WhatIfBody } {
  const { recorded, positions, source } = storedSnapshot(workspace, decisionId)
  return { inputs: recorded.inputs, book: positions, profile: source, body: recorded.body }
}

type WhatIfBody = ReturnType<typeof storedSnapshot>['recorded']['body']

/** The contract's facts may be changed by their owner; the decision's own may not. */
function line<Line extends Step | Rung>(
  one: Line | null,
): (Omit<Line, 'facts'> & { facts: Record<string, string> }) | null {
  return one === null ? null : { ...one, facts: { ...one.facts } }
}
