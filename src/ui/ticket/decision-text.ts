import type { InstrumentFacts } from '../../contract/market.ts'
import type { Decision, Rung as LimitRung } from '../../contract/sizing.ts'
import { currencyPlaces, moneyText, multipleText, numberText, percentText, priceText } from '../format/number-text.ts'
import {
  compare,
  decimalText,
  forDrawing,
  minus,
  over,
  placesOf,
  plus,
  ratio,
  times,
  type Ratio,
} from '../format/ratio.ts'
import type { Rung } from '../kit/rung.ts'
import { bandOf, type StateName } from '../kit/state-words.ts'

/** What one unit of an instrument is called. */
export function unitName(assetClass: string | undefined, quantity: string): string {
  const one = compare(ratio(quantity), ratio('1')) === 0
  if (assetClass === 'future' || assetClass === 'option' || assetClass === 'cfd') return one ? 'contract' : 'contracts'
  if (assetClass === 'equity' || assetClass === 'etf') return one ? 'share' : 'shares'
  return one ? 'unit' : 'units'
}

/** A value in the unit of its limit: money, a percentage, or a quantity. */
export function limitText(value: string, unit: LimitRung['unit'], currency: string): string {
  if (unit === 'money') return moneyText(value, currency)
  if (unit === 'fraction') return percentText(value)
  return numberText(value)
}

/** The ladder of a decision: rungs that limit this order first, the one that binds on top, those that do not at the end. */
export function ladderRungs(decision: Decision): readonly Rung[] {
  const limiting = decision.ladder.filter(({ allows }) => allows !== null)
  const rungs = limiting.map((rung) => toRung(rung, decision))
  const first = setter(decision)
  const sorted = rungs.toSorted((a, b) => Number(b.binds) - Number(a.binds) || a.length - b.length)
  return first === undefined ? sorted : [first, ...sorted.map((rung) => ({ ...rung, binds: false }))]
}

function toRung(rung: LimitRung, decision: Decision): Rung {
  const allows = rung.allows ?? '0'
  const more = rung.whatWouldRelax?.oneMoreLot
  return {
    id: rung.rule,
    label: rung.title,
    allows: numberText(allows),
    length: Math.max(0, forDrawing(ratio(allows))),
    binds: rung.rule === decision.binding,
    oneMore: more == null ? '–' : `+${limitText(more, rung.unit, decision.currency)}`,
  }
}

/** Where something other than a limit set the size (a check, a brake, the proposal itself), it stands first. */
function setter(decision: Decision): Rung | undefined {
  const { binding, ladder, outcome, steps, reasons } = decision
  if (ladder.some(({ rule, allows }) => rule === binding && allows !== null)) return undefined
  const refused = outcome === 'rejected'
  const step =
    steps.find(({ passed, code }) => refused && !passed && code !== null && code === reasons[0]?.code) ??
    steps.findLast(({ rule }) => rule === binding)
  const label = step?.title ?? reasons[0]?.code
  if (label === undefined || (!refused && step === undefined)) return undefined
  const size = refused || step === undefined ? '0' : step.after
  return {
    id: 'setter',
    label,
    allows: numberText(size, { mostPlaces: 2 }),
    length: forDrawing(ratio(size)),
    binds: true,
    oneMore: '–',
  }
}

/** One limit before and after the order, as shares of the limit. */
export interface AfterLine {
  readonly id: string
  readonly label: string
  readonly used: number | undefined
  readonly after: number | undefined
  readonly now: StateName
  readonly then: StateName
}

/** The limits this order moves, the fullest first. */
export function afterLines(decision: Decision, most: number): readonly AfterLine[] {
  return decision.ladder
    .filter(({ utilisation, state }) => utilisation !== null || state === 'unknown')
    .map((rung) => {
      const used = shareOf(rung.utilisationBefore)
      const after = shareOf(rung.utilisation)
      const now = used === undefined ? 'stale' : bandOf(used)
      return {
        id: rung.rule,
        label: rung.title,
        used,
        after,
        now,
        then: rung.state === 'unknown' ? 'stale' : rung.state,
      } as const
    })
    .toSorted((a, b) => (b.after ?? 9) - (a.after ?? 9))
    .slice(0, most)
}

const shareOf = (text: string | null): number | undefined => (text === null ? undefined : forDrawing(ratio(text)))

/** One row of «if it goes to». */
export interface OutcomeRow {
  readonly name: string
  readonly price: string
  readonly money: string
  readonly multiple: string
  readonly equity: string
  readonly way: 'gain' | 'loss' | 'plain'
}

/** Profit and loss after costs at the target, at break-even, at the stop, and at the stop with three times the slippage. */
export function outcomeRows(
  decision: Decision,
  facts: InstrumentFacts,
  equity: string | undefined,
): readonly OutcomeRow[] {
  const { entry, stop, target, quantity, costs, riskAmount, rewardAmount } = decision
  const size = ratio(quantity)
  if (size.top === 0n || entry === null || decision.kind === 'exit') return []
  const tick = facts.instrument.tickSize
  const budget = riskBudget(decision)
  const row = (name: string, price: string, money: Ratio): OutcomeRow => {
    const text = decimalText(money, Math.max(2, currencyPlaces(decision.currency)))
    const share = equity === undefined ? undefined : over(money, ratio(equity))
    return {
      name,
      price: priceText(price, tick),
      money: moneyText(text, decision.currency, true),
      multiple: budget === undefined ? '–' : multipleText(decimalText(over(money, budget), 4)).replace(' R', ''),
      equity: share === undefined ? '–' : percentText(decimalText(share, 8), 2, true),
      way: name === 'break-even' || money.top === 0n ? 'plain' : money.top > 0n ? 'gain' : 'loss',
    }
  }
  const loss = minus(ratio('0'), ratio(riskAmount))
  const slippage = times(ratio('2'), ratio(costs.slippage))
  const even = breakEven(decision, facts, size)
  return [
    ...(target === null || rewardAmount === null ? [] : [row('target', target, ratio(rewardAmount))]),
    ...(even === undefined ? [] : [row('break-even', even.price, even.money)]),
    ...(stop === null ? [] : [row('stop', stop, loss), row('3× slippage', stop, minus(loss, slippage))]),
  ]
}

/** The first price on the tick grid at which the costs are paid, and what is left there. */
function breakEven(
  decision: Decision,
  facts: InstrumentFacts,
  size: Ratio,
): { price: string; money: Ratio } | undefined {
  if (facts.tickValue === null || decision.entry === null || decision.side === null) return undefined
  const tickMoney = times(ratio(facts.tickValue), size)
  if (tickMoney.top <= 0n) return undefined
  const ticks = ratio(decimalText(over(ratio(decision.costs.total), tickMoney), 0, 'away-from-zero'))
  const step = times(ticks, ratio(facts.instrument.tickSize))
  const price = decision.side === 'buy' ? plus(ratio(decision.entry), step) : minus(ratio(decision.entry), step)
  return { price: decimalText(price, 12), money: minus(times(ticks, tickMoney), ratio(decision.costs.total)) }
}

/** The money that is 1 R for this order; undefined where the decision has none. */
export function riskBudget({ r, riskAmount }: Decision): Ratio | undefined {
  if (r === null || ratio(r).top === 0n) return undefined
  return over(ratio(riskAmount), ratio(r))
}

/** Ticks and points between two prices: `56 tk` and `14.00 pt`. */
export function distanceText(from: string, to: string, tick: string): { ticks: string; points: string } {
  const gap = minus(ratio(to), ratio(from))
  const size = gap.top < 0n ? minus(ratio('0'), gap) : gap
  const ticks = decimalText(over(size, ratio(tick)), 2)
  return {
    ticks: `${numberText(ticks)} tk`,
    points: `${numberText(decimalText(size, 12), { places: Math.max(2, placesOf(tick)) })} pt`,
  }
}

/** The desk's sentence with its field names as words: `request.stop is missing` becomes `The stop is missing`. */
export const inWords = (says: string): string =>
  says
    .replace(/\brequest\.(\w+)/g, 'the $1')
    .replace(
      /(^|[.:] )the (\w+) (is|must)/g,
      (_, before: string, field: string, verb: string) =>
        `${before}${before === ': ' ? 'the' : 'The'} ${field} ${verb}`,
    )
