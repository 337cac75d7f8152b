import type { Book } from '../book.ts'
import type { DecisionInputs } from '../inputs.ts'
import { brief, sayExact, smaller, text, ZERO, type Dec } from '../kernel/money.ts'
import { invariant } from '../kernel/invariant.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import type { Profile } from '../profile.ts'
import type { Sizing } from '../sizing/order.ts'
import { readOrder, type ReadOrder } from '../sizing/read-order.ts'
import type { Method } from '../sizing/method.ts'
import { adjust } from './adjust.ts'
import { belowMinimum } from './below-minimum.ts'
import { emptyBody } from './body.ts'
import { chooseMethod } from './choose-method.ts'
import { checkInputs, isGroup } from './check-inputs.ts'
import type { DecisionBody, Stage, Step } from './decision.ts'
import { decideExit, reduces } from './exit.ts'
import { buildLadder, capacityUnder, cuttingReasons, evaluateCeilings, roundDown } from './ladder.ts'
import { measure } from './measure.ts'
import { passGate } from './pass-gate.ts'
import { propose } from './propose.ts'
import { resolve } from './resolve.ts'
import { ceilingSteps, note, roundStep } from './steps.ts'

/** Version of the arithmetic: part of every decision, so that a replay knows what it was decided with. */
export const ENGINE = '1.0.0'

/**
 * Decides one order: validate, resolve, propose, adjust, ceilings, round, gate (SPEC 3). Pure: equal inputs, book and
 * profile give equal bytes. What is missing or broken makes the size zero with a reason that names it.
 */
export function decide(inputs: DecisionInputs, book: Book, profile: Profile): DecisionBody {
  const read = readOrder(inputs.request)
  const symbol = typeof inputs.request.symbol === 'string' ? inputs.request.symbol.trim().slice(0, 120) : ''
  if (!read.ok) return refused(inputs, symbol, 'validate', 'Request', read.error, [])
  const order = read.value
  if (reduces(book, order.symbol, order.side)) return decideExit(inputs, order, book)
  const own =
    order.method ??
    (isGroup(inputs.strategy) && typeof inputs.strategy.method === 'string' ? inputs.strategy.method : null)
  const known = {
    side: order.side,
    strategy: order.strategy,
    method: own ?? profile.method,
    entry: order.entry === 'market' ? null : text(order.entry),
    stop: order.stop === null ? null : text(order.stop),
    target: order.target === null ? null : text(order.target),
  }
  const broken = checkInputs(inputs, order, book)
  if (broken.length > 0)
    return { ...refused(inputs, symbol, 'resolve', 'Inputs', [...broken, ...book.unknown], []), ...known }
  const chosen = chooseMethod(inputs, own, order.method !== null, profile)
  if (!chosen.ok) return { ...refused(inputs, symbol, 'validate', 'Request', [chosen.error], []), ...known }
  const { method, steps } = chosen.value
  const validated = note('validate', 'request', 'Request', true, 'Every value of the request is read and in range.')
  const resolved = resolve(inputs, order, book, profile, method)
  if (!resolved.ok)
    return { ...refused(inputs, symbol, 'resolve', 'Inputs', resolved.error, [validated, ...steps]), ...known }
  return decideEntry(resolved.value, order, method, profile, [validated, ...steps])
}

function decideEntry(
  sizing: Sizing,
  order: ReadOrder,
  method: Method,
  profile: Profile,
  before: readonly Step[],
): DecisionBody {
  const { instrument } = sizing
  const proposal = propose(sizing, method, profile)
  const adjusted = adjust(sizing, profile, proposal.quantity ?? ZERO)
  const evaluated = evaluateCeilings(sizing, profile)
  let capped = adjusted.braked
  for (const one of evaluated) {
    const capacity = capacityUnder(one)
    if (capacity !== null) capped = smaller(capped, capacity)
  }
  const onLots = roundDown(capped, instrument.lotStep, evaluated)
  const least = belowMinimum(onLots, sizing, profile)
  const size = least === null ? onLots : ZERO
  invariant(size.lte(adjusted.braked), 'a rule only shrinks')
  const gate = passGate(sizing, size, profile)
  const final = gate.reasons.length > 0 ? ZERO : size
  const cuts = cuttingReasons(evaluated, adjusted.braked)
  const rounding = onLots.lt(capped)
    ? [
        reason(
          'LOT_ROUNDING',
          `Rounded down from ${sayExact(capped, 6)} to the lot of ${sayExact(instrument.lotStep)}.`,
        ),
      ]
    : []
  const reasons = [
    ...gate.reasons,
    ...proposal.reasons,
    ...cuts.map((cut) => cut.reason),
    ...adjusted.reasons,
    ...(least === null ? [] : [least]),
    ...(final.isZero() && least !== null ? [] : rounding),
  ]
  const wanted = adjusted.scaled
  const outcome = final.isZero() ? 'rejected' : final.lt(wanted) ? 'reduced' : 'approved'
  invariant(outcome !== 'rejected' || reasons.length > 0, 'each zero has a reason')
  const binding =
    gate.binding ??
    bindingOf(proposal.quantity, method, cuts[0]?.rule ?? null, adjusted.binding, least, rounding.length > 0)
  const facts = {
    equity: text(sizing.standing.equity),
    entry: text(sizing.order.entry),
    rate: brief(sizing.rate),
    spread: text(sizing.spread),
    multiplier: text(instrument.pointValue),
  }
  return {
    ...emptyBody(sizing.inputs, order.symbol),
    ...measure(sizing, final, method, profile),
    outcome,
    proposed: proposal.quantity === null ? null : brief(proposal.quantity),
    binding,
    ladder: buildLadder(sizing, evaluated, final, wanted),
    steps: [
      ...before,
      {
        ...note(
          'resolve',
          'inputs',
          'Inputs',
          true,
          `Equity ${text(sizing.standing.equity)} ${sizing.standing.currency}, entry ${text(sizing.order.entry)} (${sizing.order.entrySource}), rate by ${sizing.ratePath}.`,
        ),
        facts,
      },
      ...proposal.steps,
      ...adjusted.steps,
      ...ceilingSteps(evaluated, adjusted.braked),
      roundStep(capped, size, instrument.lotStep, least, rounding[0] ?? null),
      ...gate.steps,
    ],
    reasons,
    says: sentence(sizing, final, wanted, reasons),
  }
}

function bindingOf(
  proposed: Dec | null,
  method: Method,
  ceiling: string | null,
  brake: string | null,
  least: Reason | null,
  rounded: boolean,
): string | null {
  if (proposed === null) return method.id
  return ceiling ?? brake ?? (least === null ? (rounded ? 'lot' : null) : 'minimum')
}

function refused(
  inputs: DecisionInputs,
  symbol: string,
  stage: Stage,
  title: string,
  reasons: readonly Reason[],
  before: readonly Step[],
): DecisionBody {
  const steps = reasons.map((because): Step => ({
    ...note(stage, because.field ?? stage, title, false, because.says),
    code: because.code,
  }))
  return {
    ...emptyBody(inputs, symbol),
    binding: stage,
    steps: [...before, ...steps],
    reasons,
    says: `Size 0. ${reasons[0]?.says ?? ''}`,
  }
}

function sentence(sizing: Sizing, final: Dec, wanted: Dec, reasons: readonly Reason[]): string {
  const { order } = sizing
  const verb = order.side === 'buy' ? 'Buy' : 'Sell'
  if (final.isZero()) return `Size 0. ${reasons[0]?.says ?? ''}`
  const first = reasons.find(({ code }) => code !== 'FALLBACK') ?? reasons[0]
  if (final.lt(wanted) && first !== undefined)
    return `${verb} ${sayExact(final)} ${order.symbol}, cut from ${sayExact(wanted, 4)} by ${first.code}: ${first.says}`
  return `${verb} ${sayExact(final)} ${order.symbol}, as proposed; no limit cuts it.`
}
