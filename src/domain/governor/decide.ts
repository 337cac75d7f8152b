import type { Book } from '../book.ts'
import type { DecisionInputs } from '../inputs.ts'
import { brief, larger, sayExact, smaller, text, ZERO, type Dec } from '../kernel/money.ts'
import { invariant } from '../kernel/invariant.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import type { Profile } from '../profile.ts'
import type { Sizing } from '../sizing/order.ts'
import { readOrder, type ReadOrder } from '../sizing/read-order.ts'
import { methodById } from '../sizing/registry.ts'
import type { Method } from '../sizing/method.ts'
import { adjust } from './adjust.ts'
import { emptyBody } from './body.ts'
import { checkInputs, isGroup } from './check-inputs.ts'
import type { DecisionBody, Stage, Step } from './decision.ts'
import { decideExit, reduces } from './exit.ts'
import { buildLadder, capacityUnder, cuttingReasons, evaluateCeilings, roundDown, type Evaluated } from './ladder.ts'
import { measure } from './measure.ts'
import { propose } from './propose.ts'
import { GATE } from './registry.ts'
import { resolve } from './resolve.ts'

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
  const own = order.method ?? (isGroup(inputs.strategy) && typeof inputs.strategy.method === 'string' ? inputs.strategy.method : null)
  const methodId = own ?? profile.method
  const method = methodById(methodId)
  const known = {
    side: order.side,
    strategy: order.strategy,
    method: methodId,
    entry: order.entry === 'market' ? null : text(order.entry),
    stop: order.stop === null ? null : text(order.stop),
    target: order.target === null ? null : text(order.target),
  }
  const broken = checkInputs(inputs, order, book)
  if (broken.length > 0) return { ...refused(inputs, symbol, 'resolve', 'Inputs', [...broken, ...book.unknown], []), ...known }
  if (method === undefined) {
    const field = order.method === null && own !== null ? 'strategy.method' : 'request.method'
    return {
      ...refused(
        inputs,
        symbol,
        'validate',
        'Request',
        [reason('INPUT_OUT_OF_RANGE', `${methodId} is not a sizing method.`, field)],
        [],
      ),
      ...known,
    }
  }
  const validated = note('validate', 'request', 'Request', true, 'Every value of the request is read and in range.')
  const resolved = resolve(inputs, order, book, profile, method)
  if (!resolved.ok) return { ...refused(inputs, symbol, 'resolve', 'Inputs', resolved.error, [validated]), ...known }
  return decideEntry(resolved.value, order, method, profile, validated)
}

function decideEntry(
  sizing: Sizing,
  order: ReadOrder,
  method: Method,
  profile: Profile,
  validated: Step,
): DecisionBody {
  const { instrument } = sizing
  const proposal = propose(sizing, method, profile)
  const adjusted = adjust(sizing, profile, proposal.quantity ?? ZERO)
  const evaluated = evaluateCeilings(sizing, profile)
  let capped = adjusted.braked
  for (const one of evaluated) {
    const capacity = capacityUnder(one)
    if (capacity !== null) capped = smaller(capped, larger(capacity, ZERO))
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
  const wanted = proposal.quantity === null ? ZERO : adjusted.scaled
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
    ladder: buildLadder(sizing, evaluated, final, proposal.quantity === null ? null : adjusted.scaled),
    steps: [
      validated,
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
      ...evaluated.map((one) => ceilingStep(one, adjusted.braked)),
      roundStep(capped, size, instrument.lotStep, least, rounding[0] ?? null),
      ...gate.steps,
    ],
    reasons,
    says: sentence(sizing, final, wanted, reasons),
  }
}

function belowMinimum(size: Dec, sizing: Sizing, profile: Profile): Reason | null {
  const { instrument, notionalPerUnit, rate, standing } = sizing
  if (size.isZero())
    return reason(
      'BELOW_MIN_LOT',
      `Less than one lot of ${sayExact(instrument.lotStep)} is allowed; it is never rounded up.`,
    )
  if (size.lt(instrument.minQuantity))
    return reason(
      'BELOW_MIN_LOT',
      `${sayExact(size)} is below the smallest order of ${sayExact(instrument.minQuantity)} units; it is never raised.`,
    )
  const notional = notionalPerUnit.times(size)
  if (instrument.minNotional !== null && notional.lt(instrument.minNotional.times(rate))) {
    return reason(
      'BELOW_MIN_SIZE',
      `The order is worth less than the smallest of ${sayExact(instrument.minNotional)} ${instrument.currency}; it is never raised.`,
    )
  }
  if (notional.lt(standing.equity.times(profile.general.minimumWeight)))
    return reason(
      'BELOW_MIN_SIZE',
      'The position is below the smallest share of equity of the profile; it is never raised.',
    )
  return null
}

function passGate(
  sizing: Sizing,
  size: Dec,
  profile: Profile,
): { readonly steps: readonly Step[]; readonly reasons: readonly Reason[]; readonly binding: string | null } {
  const steps: Step[] = []
  const reasons: Reason[] = []
  let binding: string | null = null
  for (const rule of GATE) {
    if (!profile.gate.has(rule.id)) continue
    const verdict = rule.evaluate(sizing, size, profile.gate.get(rule.id))
    const says = verdict.passed ? verdict.says : verdict.reason.says
    const code = verdict.passed ? null : verdict.reason.code
    steps.push({
      stage: 'gate',
      rule: rule.id,
      title: rule.title,
      before: text(size),
      after: verdict.passed ? text(size) : '0',
      factor: null,
      ceiling: null,
      passed: verdict.passed,
      code,
      facts: verdict.facts,
      says,
    })
    if (verdict.passed) continue
    reasons.push(verdict.reason)
    binding ??= rule.id
  }
  return { steps, reasons, binding }
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

function ceilingStep(one: Evaluated, braked: Dec): Step {
  const { rule, ceiling } = one
  const capacity = capacityUnder(one)
  const cuts = capacity !== null && capacity.lt(braked)
  return {
    stage: 'ceiling',
    rule: rule.id,
    title: rule.title,
    before: brief(braked),
    after: brief(capacity === null ? braked : smaller(braked, larger(capacity, ZERO))),
    factor: null,
    ceiling: capacity === null ? null : brief(capacity),
    passed: !cuts,
    code: cuts ? (ceiling.kind === 'veto' ? ceiling.reason.code : rule.code) : null,
    facts: ceiling.facts,
    says: ceiling.kind === 'veto' ? ceiling.reason.says : ceiling.says,
  }
}

function roundStep(capped: Dec, size: Dec, lotStep: Dec, least: Reason | null, rounding: Reason | null): Step {
  const because = least ?? rounding
  return {
    stage: 'round',
    rule: 'lot',
    title: 'Lot',
    before: brief(capped),
    after: text(size),
    factor: null,
    ceiling: null,
    passed: because === null,
    code: because?.code ?? null,
    facts: { lotStep: text(lotStep) },
    says: because?.says ?? `${sayExact(size)} units lie on the lot of ${sayExact(lotStep)}.`,
  }
}

function note(stage: Stage, rule: string, title: string, passed: boolean, says: string): Step {
  return {
    stage,
    rule,
    title,
    before: '0',
    after: '0',
    factor: null,
    ceiling: null,
    passed,
    code: null,
    facts: {},
    says,
  }
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
