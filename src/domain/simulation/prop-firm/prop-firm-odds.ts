import { type Chance, chanceOf } from '../results/summarise-run.ts'
import type { PropFirmPlan, PropFirmVariant } from './plan.ts'
import type { PropFirmTally } from './prop-firm-run.ts'

/** The odds of one variant. */
export interface PropFirmOdds extends PropFirmVariant {
  readonly pass: Chance
  readonly breach: Chance
  /** Failing by each rule. */
  readonly failBy: readonly { readonly rule: string; readonly chance: Chance }[]
  /** Neither passed nor failed at the horizon. */
  readonly open: Chance
  /** Days to pass of the accounts that do: 10 %, 50 % and 90 %; `null` where none does. */
  readonly daysToPass: readonly [early: number, median: number, late: number] | null
}

/** What an order does to the odds: with it less without it. */
export interface OrderEffect {
  readonly pass: number
  readonly breach: number
}

/** The odds of every variant of a plan, in its order. */
export function propFirmOdds(plan: PropFirmPlan, tallies: readonly PropFirmTally[]): PropFirmOdds[] {
  return plan.variants.map((variant, index) => {
    const { paths, open, failed, passedOn } = tallies[index] ?? { paths: 0, open: 0, failed: [], passedOn: [] }
    const passes = passedOn.reduce((sum, count) => sum + count, 0)
    const day = (share: number): number => {
      let seen = 0
      return passedOn.findIndex((count) => (seen += count) >= share * passes)
    }
    return {
      ...variant,
      pass: chanceOf(passes, paths),
      breach: chanceOf(
        failed.reduce((sum, count) => sum + count, 0),
        paths,
      ),
      failBy: plan.rules.map(({ id }, rule) => ({ rule: id, chance: chanceOf(failed[rule] ?? 0, paths) })),
      open: chanceOf(open, paths),
      daysToPass: passes === 0 ? null : [day(0.1), day(0.5), day(0.9)],
    }
  })
}

/** The variant with the best chance of passing, the smallest such; a funded account's with the least chance of a breach. */
export function bestVariant(plan: PropFirmPlan, odds: readonly PropFirmOdds[]): PropFirmOdds | undefined {
  const worth = ({ pass, breach }: PropFirmOdds): number =>
    plan.target === null ? -breach.probability : pass.probability
  return odds.reduce<PropFirmOdds | undefined>(
    (best, each) => (best === undefined || worth(each) > worth(best) ? each : best),
    undefined,
  )
}

/** What the order of `withOrder` does to the odds, met by the same days. */
export function orderEffect(withOrder: PropFirmOdds, without: PropFirmOdds): OrderEffect {
  return {
    pass: withOrder.pass.probability - without.pass.probability,
    breach: withOrder.breach.probability - without.breach.probability,
  }
}
