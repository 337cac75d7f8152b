import { dec, magnitude, say, sayExact, sayPercent, type Dec } from '../kernel/money.ts'
import type { DecisionBody } from './decision.ts'
import type { Axis, Unknown } from './invert-axes.ts'
import type { Found } from './invert-search.ts'

/** What stands in the way of a quantity whatever the unknown is. */
export interface Obstacle {
  readonly rule: string
  readonly title: string
  readonly code: string | null
  readonly says: string
}

/** An answer about to be told. */
export interface Telling {
  readonly axis: Axis
  readonly quantity: Dec
  readonly now: DecisionBody
  readonly found: Found
  /** Decided at the answer. */
  readonly body: DecisionBody
  readonly obstacle: Obstacle | null
  readonly beyond: { readonly value: string; readonly gives: string } | null
}

const NAMES: Readonly<Record<Unknown, string>> = {
  stop: 'stop',
  entry: 'entry',
  risk: 'risk',
  equity: 'equity',
  win_rate: 'win rate',
}

/** The rule in the way as a decision tells it; the proposal itself where no rule is named. */
export function obstacleAt(body: DecisionBody, rule: string | null): Obstacle {
  const because = body.reasons[0]
  const step =
    rule === null || rule === 'proposal'
      ? (body.steps.findLast(
          ({ stage, rule: id }) => stage === 'adjust' && (id === 'weakest_link' || id === 'product'),
        ) ?? body.steps.find(({ stage }) => stage === 'propose'))
      : body.steps.find(
          ({ rule: id, stage }) => id === rule && (stage === 'ceiling' || stage === 'gate' || stage === 'round'),
        )
  if (rule === null || step === undefined) {
    const code = because?.code ?? null
    return { rule: rule ?? body.binding ?? 'request', title: 'Refused', code, says: because?.says ?? body.says }
  }
  return { rule: step.rule, title: step.title, code: step.code, says: step.says }
}

/** Why an unknown cannot be asked about at all. */
export function sayNothing(unknown: Unknown): string {
  if (unknown === 'win_rate') return 'No closed trades count for this order, so no win rate does.'
  return `The ${NAMES[unknown]} cannot be solved: ${unknown === 'equity' ? 'equity' : 'the entry price'} is not known.`
}

/** An answer in a sentence or two. */
export function sayAnswer({ axis, quantity, now, found, body, obstacle, beyond }: Telling): string {
  const name = NAMES[axis.unknown]
  const size = sayExact(quantity)
  const value = (of: Dec): string => sayValue(axis, of, now.currency)
  const at = value(axis.valueOf(found.step))
  switch (found.kind) {
    case 'no_effect':
      return body.steps.some(({ rule }) => rule === 'request.quantity')
        ? `The ${name} does not change this order: its quantity is typed.`
        : `The ${name} does not change this order, sized by ${body.method ?? 'no method'}.`
    case 'never':
      return `No ${name} allows ${size}: ${obstacle?.says ?? body.says}`
    case 'any':
      return `Every ${name} ${axis.wanted === 'least' ? 'from' : 'up to'} ${at} ${axis.wanted === 'least' ? 'on ' : ''}allows ${size}.`
    case 'found': {
      const direction = axis.unknown === 'stop' ? 'nearer' : axis.wanted === 'least' ? 'more' : 'less'
      const priced = axis.unknown === 'entry' ? (axis.wanted === 'least' ? 'higher' : 'lower') : direction
      const further = beyond === null ? '' : ` ${value(dec(beyond.value))} gives ${sayExact(dec(beyond.gives))}.`
      return `${capital(name)} ${at} or ${priced} allows ${size}${moved(axis, found.step, now.currency)}.${further}`
    }
  }
}

function moved({ present, valueOf, unknown }: Axis, step: number, currency: string): string {
  if (present === null) return ''
  const change = valueOf(step).minus(present)
  if (change.isZero()) return ', as it is'
  const way = change.gt(0) ? 'above' : 'below'
  const size = magnitude(change)
  switch (unknown) {
    case 'equity':
      return `, ${say(size)} ${currency} ${change.gt(0) ? 'deposited' : 'less than now'}`
    case 'risk':
    case 'win_rate':
      return `, ${sayPercent(size, 3)} ${way} the present`
    case 'stop':
    case 'entry':
      return `, ${sayExact(size)} ${way} the present`
  }
}

function sayValue({ unknown, stepOf, pieces }: Axis, value: Dec, currency: string): string {
  switch (unknown) {
    case 'equity':
      return `${say(value)} ${currency}`
    case 'risk':
      return sayPercent(value, 3)
    case 'win_rate':
      return `${sayPercent(value)} (${stepOf(value)} of ${(pieces[0]?.most ?? 0) + 1} trades won)`
    case 'stop':
    case 'entry':
      return sayExact(value)
  }
}

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`
