import type { ModelInput, RunInput, StakingInput } from '../../contract/simulation/input.ts'

/** What decides a result: a run, and the policy it is compared with. */
export interface Decided {
  readonly run: RunInput
  readonly against: StakingInput | undefined
}

/** The inputs of a kept run that the form does not hold as they were kept, by their paths; none where both ask the same. */
export function leftOut(kept: Decided, typed: Decided): string[] {
  const [before, after] = [leavesOf(kept), leavesOf(typed)]
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path))
}

/** What is kept of a run, the unit of its amounts and what it may take change no result. */
const WITHOUT = { record: undefined, detail: undefined, startingEquity: undefined, budget: undefined }

function leavesOf({ run, against }: Decided): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  collect({ ...run, ...WITHOUT, model: spelledOut(run.model), against }, '', found)
  return found
}

/** A model with what is meant where nothing is said. */
function spelledOut(model: ModelInput): object {
  switch (model.kind) {
    case 'bootstrap':
      return { block: 1, ...model }
    case 'book':
      return { as: 'bootstrap', ...(model.as === 'winloss' ? {} : { block: 1 }), ...model }
    case 'gaussian':
    case 'student-t': {
      const alone = model.weights.map((_, row) => model.weights.map((_other, at) => (row === at ? 1 : 0)))
      return Array.isArray(model.sigma[0]) || model.weights.length < 2 ? model : { correlation: alone, ...model }
    }
    case 'winloss':
      return model
  }
}

function collect(value: unknown, path: string, into: Map<string, string>): void {
  if (value === undefined || value === null || value === false) return
  if (Array.isArray(value)) into.set(path, value.flat(2).map(plain).join(' '))
  else if (typeof value === 'object')
    for (const [name, member] of Object.entries(value)) collect(member, path === '' ? name : `${path}.${name}`, into)
  else into.set(path, plain(value))
}

/** One number has many spellings: 0.20 is 0.2. */
function plain(value: unknown): string {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? String(Number(number.toPrecision(12))) : String(value)
}
