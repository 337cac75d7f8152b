import { RandomStream, STREAMS } from '../random/random-stream.ts'
import { runSeed } from '../random/run-seed.ts'
import { walkAccount } from './account-walk.ts'
import type { DayTrade, PropFirmPlan, TradeDay } from './plan.ts'

/** How the accounts of one variant ended, in counts that add up over any parts of a run. */
export interface PropFirmTally {
  readonly paths: number
  readonly open: number
  /** By rule, in the order of the plan. */
  readonly failed: readonly number[]
  /** Accounts that passed on each day: index 0 is today. */
  readonly passedOn: readonly number[]
}

/** Follows accounts `first` to `first + count - 1`; every variant meets the same days and the same outcome of the order. */
export function runPropFirm(plan: PropFirmPlan, first: number, count: number): PropFirmTally[] {
  const seed = runSeed(plan.seed)
  const dayStream = new RandomStream()
  const orderStream = new RandomStream()
  const ends = plan.variants.map(() => ({
    open: 0,
    failed: new Array<number>(plan.rules.length).fill(0),
    passedOn: new Array<number>(plan.horizon + 1).fill(0),
  }))
  const days: TradeDay[] = new Array<TradeDay>(plan.horizon)
  for (let path = first; path < first + count; path++) {
    drawDays(dayStream.start(seed, STREAMS.days, path), plan, days)
    const order = drawOrder(orderStream.start(seed, STREAMS.blocks, path), plan)
    for (const [index, variant] of plan.variants.entries()) {
      const end = walkAccount(plan, variant, order, days)
      const tally = ends[index] as (typeof ends)[number]
      if (end.kind === 'open') tally.open += 1
      else if (end.kind === 'failed') tally.failed[end.rule] = (tally.failed[end.rule] ?? 0) + 1
      else tally.passedOn[end.day] = (tally.passedOn[end.day] ?? 0) + 1
    }
  }
  return ends.map((end) => ({ paths: count, ...end }))
}

/** The tallies of two parts of a run, variant by variant. */
export function mergedPropFirm(one: readonly PropFirmTally[], other: readonly PropFirmTally[]): PropFirmTally[] {
  const sum = (a: readonly number[], b: readonly number[]): number[] => a.map((value, index) => value + (b[index] ?? 0))
  return one.map((tally, index) => {
    const more = other[index] ?? tally
    return {
      paths: tally.paths + more.paths,
      open: tally.open + more.open,
      failed: sum(tally.failed, more.failed),
      passedOn: sum(tally.passedOn, more.passedOn),
    }
  })
}

function drawDays(stream: RandomStream, { days, dayBlock }: PropFirmPlan, into: TradeDay[]): void {
  let at = 0
  for (let day = 0; day < into.length; day++) {
    const begins = day === 0 || dayBlock <= 1 || stream.uniform() * dayBlock < 1
    at = begins ? stream.index(days.length) : (at + 1) % days.length
    into[day] = days[at] as TradeDay
  }
}

function drawOrder(stream: RandomStream, { orderOutcomes }: PropFirmPlan): DayTrade {
  return orderOutcomes.length === 0 ? { r: 0 } : { r: orderOutcomes[stream.index(orderOutcomes.length)] as number }
}
