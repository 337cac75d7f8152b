import { type Reason, reason } from '../../kernel/reason.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { numberField } from '../number-field.ts'
import type { LossRule } from './loss-rule.ts'
import type { PropFirmPlan } from './plan.ts'

/** Checks a plan whole; every fault names its field, its value and what is allowed. */
export function readPropFirm(plan: PropFirmPlan): Result<PropFirmPlan, readonly Reason[]> {
  const faults = [
    ...Object.entries(plan.marks as unknown as Record<string, number>).flatMap(([name, value]) =>
      numberField(`account.${name}`, value, { above: 0, to: 1e12 }),
    ),
    ...(plan.target === null ? [] : numberField('target', plan.target, { above: 0, to: 10 })),
    ...(plan.consistency === null ? [] : numberField('consistency', plan.consistency, { above: 0, to: 1 })),
    ...numberField('minimumDays', plan.minimumDays, { from: 0, to: 1000, whole: true }),
    ...numberField('daysTraded', plan.daysTraded, { from: 0, to: 10_000, whole: true }),
    ...numberField('bestDay', plan.bestDay, { from: 0, to: 1e12 }),
    ...numberField('dayBlock', plan.dayBlock, { from: 1, to: 1000 }),
    ...numberField('cost', plan.cost, { from: 0, to: 1000 }),
    ...numberField('horizon', plan.horizon, { from: 1, to: 1000, whole: true }),
    ...numberField('paths', plan.paths, { from: 1, to: 5_000_000, whole: true }),
    ...numberField('seed', plan.seed, { from: 0, to: Number.MAX_SAFE_INTEGER, whole: true }),
    ...plan.rules.flatMap(readRule),
    ...readOutcomes(plan),
    ...plan.variants.flatMap(({ riskPerTrade, orderRisk }, index) => [
      ...numberField(`variants[${index}].riskPerTrade`, riskPerTrade, { from: 0, to: 1 }),
      ...numberField(`variants[${index}].orderRisk`, orderRisk, { from: 0, to: 1 }),
    ]),
  ]
  return faults.length > 0 ? err(faults.slice(0, 8)) : ok(plan)
}

function readRule(rule: LossRule, index: number): Reason[] {
  const { amount } = rule
  const field = `rules[${index}].amount`
  return [
    ...(amount.kind === 'money'
      ? numberField(field, amount.money, { above: 0, to: 1e12 })
      : numberField(field, amount.share, { above: 0, below: 1 })),
    ...(rule.scope === 'account' && rule.locksAt !== null
      ? numberField(`rules[${index}].locksAt`, rule.locksAt, { above: 0, to: 10 })
      : []),
  ]
}

function readOutcomes({ days, orderOutcomes, variants }: PropFirmPlan): Reason[] {
  if (days.length === 0 || days.every((day) => day.length === 0)) {
    return [reason('INPUT_MISSING', 'There are no trading days to draw from: import or record trades first.', 'days')]
  }
  const needsOrder = variants.some(({ orderRisk }) => orderRisk > 0)
  const none = 'The order has no outcomes to draw from: give its win chance and reward, or trades to draw from.'
  const bounds = { from: -1000, to: 1000 }
  return [
    ...(needsOrder && orderOutcomes.length === 0 ? [reason('INPUT_MISSING', none, 'orderOutcomes')] : []),
    ...(variants.length === 0 ? [reason('INPUT_MISSING', 'There is no size to try.', 'variants')] : []),
    ...orderOutcomes.flatMap((r, index) => numberField(`orderOutcomes[${index}]`, r, bounds)),
    ...days.flatMap((day, at) =>
      day.flatMap(({ r, worst = 0, best = 0 }, index) => [
        ...numberField(`days[${at}][${index}].r`, r, bounds),
        ...numberField(`days[${at}][${index}].worst`, worst, bounds),
        ...numberField(`days[${at}][${index}].best`, best, bounds),
      ]),
    ),
  ].slice(0, 8)
}
