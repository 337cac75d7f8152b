import type { Book } from '../book.ts'
import type { DecisionInputs } from '../inputs.ts'
import { readInstrument } from '../instrument.ts'
import { dec, onGrid, readPositive, rounded, sayExact, text, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Profile } from '../profile.ts'
import { readOrder } from '../sizing/read-order.ts'
import { decide } from './decide.ts'
import type { DecisionBody } from './decision.ts'
import { axisOf, UNKNOWNS, type Axis, type Unknown } from './invert-axes.ts'
import { limitsInTheWay, type LimitMoves } from './invert-limits.ts'
import { obstacleAt, sayAnswer, sayNothing, type Obstacle } from './invert-text.ts'
import { searchEdge, type Probe } from './invert-search.ts'

/** Who asks for the quantity: the sizing method has to propose it, or the trader types it. Limits hold either way. */
export type Through = 'method' | 'typed'

/** What would allow a quantity. */
export interface Question {
  readonly quantity: unknown
  readonly through: Through
  /** What to solve for; everything there is where left out. */
  readonly unknowns?: readonly Unknown[]
}

/** One unknown solved while all else stays as it is. */
export interface InverseAnswer {
  readonly unknown: Unknown
  /** `found` at `value`; `any` value as far as `value` allows it; `never`, with the obstacle; `no_effect` on this order. */
  readonly kind: 'found' | 'any' | 'never' | 'no_effect'
  /** Whether the answer is the smallest or the largest value that allows the quantity. */
  readonly bound: 'least' | 'most'
  readonly present: string | null
  readonly value: string | null
  readonly change: string | null
  /** Distance to the next value on its grid. */
  readonly step: string | null
  /** Size decided with the answer; at least the quantity. */
  readonly gives: string | null
  /** One step further, where the quantity is no longer allowed. */
  readonly beyond: { readonly value: string; readonly gives: string; readonly binding: string | null } | null
  readonly obstacle: Obstacle | null
  readonly says: string
}

/** Everything that alone would allow a quantity, and the limits that would have to move otherwise. */
export interface Inverse {
  readonly quantity: string
  readonly through: Through
  /** The order as it stands: its size, proposed by the method or by the quantity. */
  readonly now: DecisionBody
  readonly allowed: boolean
  readonly answers: readonly InverseAnswer[]
  readonly limits: LimitMoves
}

/**
 * Which stop, entry, risk, equity or win rate would allow a quantity, each alone, under all limits and lots; and which
 * limits must move, by how much. Exact on the grid of each: the answer is decided again and reaches the quantity, one
 * step further does not. Refuses a quantity off the lot grid and an order that is an exit.
 */
export function invert(
  inputs: DecisionInputs,
  book: Book,
  profile: Profile,
  question: Question,
): Result<Inverse, readonly Reason[]> {
  const { through, unknowns = UNKNOWNS } = question
  const wanted = readWanted(inputs, question.quantity)
  if (!wanted.ok) return err([wanted.error])
  const quantity = wanted.value
  const own: DecisionInputs['request'] = { ...inputs.request, quantity: through === 'typed' ? text(quantity) : null }
  // A question is not an order: it repeats none that was decided moments before.
  const base: DecisionInputs = { ...inputs, recent: [], request: own }
  const order = readOrder(own)
  if (!order.ok) return err(order.error)
  const now = decide(base, book, profile)
  if (now.kind === 'exit')
    return err([
      reason(
        'INPUT_OUT_OF_RANGE',
        'The order is an exit: no limit holds it, so there is nothing to solve.',
        'request.side',
      ),
    ])
  const answers = unknowns.map((unknown): InverseAnswer => {
    const axis = axisOf(unknown, base, order.value, now, quantity, profile)
    return axis === null
      ? { ...UNANSWERED, unknown, says: sayNothing(unknown) }
      : solve(axis, quantity, (asked) => decide(asked, book, profile), now)
  })
  return ok({
    quantity: text(quantity),
    through,
    now,
    allowed: reaches(now, quantity),
    answers,
    limits: limitsInTheWay(base, book, profile, quantity),
  })
}

const UNANSWERED = {
  kind: 'no_effect',
  bound: 'least',
  present: null,
  value: null,
  change: null,
  step: null,
  gives: null,
  beyond: null,
  obstacle: null,
} as const

function readWanted(inputs: DecisionInputs, given: unknown): Result<Dec, Reason> {
  const quantity = readPositive(given, 'quantity')
  if (!quantity.ok) return quantity
  const spec = inputs.instrument === null ? null : readInstrument(inputs.instrument)
  if (spec === null)
    return err(reason('INPUT_MISSING', 'The instrument is not known: import it or add it in Settings.', 'instrument'))
  if (!spec.ok) return err(spec.error[0] ?? reason('INTERNAL', 'The instrument cannot be read.', 'instrument'))
  const { lotStep, minQuantity } = spec.value
  if (!onGrid(quantity.value, lotStep))
    return err(
      reason(
        'INPUT_OUT_OF_RANGE',
        `quantity is ${text(quantity.value)}: give a multiple of the lot of ${sayExact(lotStep)}.`,
        'quantity',
      ),
    )
  if (quantity.value.lt(minQuantity))
    return err(
      reason(
        'BELOW_MIN_LOT',
        `quantity is ${text(quantity.value)}: the smallest order is ${sayExact(minQuantity)} units.`,
        'quantity',
      ),
    )
  return quantity
}

function solve(
  axis: Axis,
  quantity: Dec,
  ask: (inputs: DecisionInputs) => DecisionBody,
  now: DecisionBody,
): InverseAnswer {
  const known = new Map<number, Probe>()
  const look = (step: number): Probe => {
    const seen = known.get(step) ?? probeOf(ask(axis.inputsAt(step)), quantity)
    known.set(step, seen)
    return seen
  }
  const { present, guess } = axis
  const found = searchEdge({
    pieces: axis.pieces,
    wanted: axis.wanted,
    present: present === null ? null : axis.stepOf(present),
    guess: guess === null ? null : axis.stepOf(guess),
    passes: axis.passes,
    look,
  })
  const { body } = look(found.step)
  const common = {
    unknown: axis.unknown,
    kind: found.kind,
    bound: axis.wanted,
    present: present === null ? null : text(present),
    step: text(axis.step),
  } as const
  const told = { axis, quantity, now, body }
  if (found.kind === 'never' || found.kind === 'no_effect') {
    const obstacle = found.kind === 'never' ? obstacleAt(body, found.rule) : null
    return { ...UNANSWERED, ...common, obstacle, says: sayAnswer({ ...told, found, obstacle, beyond: null }) }
  }
  const value = axis.valueOf(found.step)
  const further = found.kind === 'any' ? null : look(found.beyond).body
  const beyond =
    found.kind === 'any' || further === null
      ? null
      : { value: text(axis.valueOf(found.beyond)), gives: further.quantity, binding: further.binding }
  return {
    ...common,
    value: text(value),
    change: present === null ? null : rounded(value.minus(present)),
    gives: body.quantity,
    beyond,
    obstacle: null,
    says: sayAnswer({ ...told, found, obstacle: null, beyond }),
  }
}

/** What a decision says of a quantity: how much each rule leaves, and which check blocks. */
function probeOf(body: DecisionBody, quantity: Dec): Probe {
  const room = new Map<string, Dec | null>()
  const gate: string[] = []
  const round = body.steps.find(({ stage }) => stage === 'round')
  const proposal = body.steps.find(({ stage }) => stage === 'ceiling')?.before ?? round?.before
  if (proposal !== undefined) room.set('proposal', dec(proposal))
  for (const { stage, rule, ceiling, passed } of body.steps) {
    if (stage === 'ceiling') room.set(rule, ceiling === null ? null : dec(ceiling))
    if (stage === 'gate' && !passed) gate.push(rule)
  }
  // Checks on a size that was too small to send looked at none: they count once it is large enough.
  const blocked = round?.after === '0' && dec(round.before).gte(quantity) ? ['lot'] : gate
  const short = [...room].flatMap(([rule, left]) => (left !== null && left.lt(quantity) ? [rule] : []))
  return { body, reached: reaches(body, quantity), sized: round !== undefined, room, short, blocked }
}

function reaches(body: DecisionBody, quantity: Dec): boolean {
  return body.outcome !== 'rejected' && dec(body.quantity).gte(quantity)
}
