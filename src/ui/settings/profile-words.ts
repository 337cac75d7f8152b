import type { ChangeLine, OutcomeLine, ProfileComparison, SideBySide } from '../../contract/profile-change.ts'
import { numberText } from '../format/number-text.ts'
import { isDecimalText } from '../format/ratio.ts'
import { momentText } from '../format/time-text.ts'
import type { TableColumn } from '../kit/table-order.ts'
import { inWords } from '../ticket/decision-text.ts'
import { shownValue } from './setting-text.ts'

/** When a change takes effect, in words; limits that allow more wait where the desk says so. */
function effectText({ direction }: ChangeLine, loosensAt: number | null, timeZone: string): string {
  if (direction === 'tighter') return 'now: allows less'
  if (direction === 'other') return 'now'
  return loosensAt === null ? 'now: allows more' : `${momentText(loosensAt, timeZone)}: allows more`
}

/** A value of a profile as it is read: shares in per cent, a rule's settings in short. */
export function valueWords(text: string, kind: ChangeLine['kind']): string {
  if (isDecimalText(text)) return kind === 'fraction' ? `${numberText(percentOf(text))} %` : numberText(text)
  if (kind !== 'rule' || !text.startsWith('{')) return text.replaceAll('_', ' ')
  const settings = Object.entries(JSON.parse(text) as Readonly<Record<string, unknown>>)
  const told = settings.map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return told.length === 0 ? 'on' : `on: ${told.join(', ')}`
}

const percentOf = (share: string): string => shownValue('fraction', share)

/** The size of one answer, and what bound it, in one line. */
export function outcomeText({ quantity, outcome, binding }: OutcomeLine): string {
  const size = `${numberText(quantity)}, ${outcome}`
  return binding === null ? size : `${size}, bound by ${binding.replaceAll('_', ' ')}`
}

/** The sentence of an answer in the trader's own number format. */
export const outcomeSays = ({ says }: OutcomeLine): string => inWords(says)

/** The rungs of the ladder that are not as they were. */
export function movedRungs(comparison: ProfileComparison): NonNullable<ProfileComparison['order']>['rungs'] {
  return comparison.order?.rungs.filter(({ state }) => state !== 'same') ?? []
}

/** What a rung allows; where it does not limit this order, the word for it. */
const allowsText = (allows: string | null): string => (allows === null ? 'no limit' : numberText(allows))

/** Columns of what differs between two profiles. */
export function changeColumns(loosensAt: number | null, timeZone: string): readonly TableColumn<ChangeLine>[] {
  return [
    { id: 'title', title: 'Setting', text: ({ title }) => title },
    { id: 'before', title: 'Now', text: ({ before, kind }) => valueWords(before, kind) },
    { id: 'after', title: 'Then', text: ({ after, kind }) => valueWords(after, kind) },
    { id: 'effect', title: 'Takes effect', text: (line) => effectText(line, loosensAt, timeZone) },
  ]
}

type Rung = NonNullable<ProfileComparison['order']>['rungs'][number]
const RUNG_WORDS = { same: 'as it was', tighter: 'less', looser: 'more', new: 'switched on', gone: 'switched off' }

/** Columns of the limits that move for an order. */
export const rungColumns: readonly TableColumn<Rung>[] = [
  { id: 'title', title: 'Limit', text: ({ title }) => title },
  { id: 'before', title: 'Allowed now', text: ({ before }) => allowsText(before), numeric: true },
  { id: 'after', title: 'Allowed then', text: ({ after }) => allowsText(after), numeric: true },
  { id: 'state', title: 'Allows', text: ({ state }) => RUNG_WORDS[state] },
]

/** Columns of recorded decisions beside what another profile or method makes of them. */
export function sideBySideColumns(timeZone: string): readonly TableColumn<SideBySide>[] {
  const bound = ({ binding }: OutcomeLine): string => binding?.replaceAll('_', ' ') ?? ''
  return [
    { id: 'at', title: 'Decided', text: ({ at }) => momentText(at, timeZone) },
    { id: 'symbol', title: 'Order', text: ({ symbol, side }) => `${side ?? ''} ${symbol}`.trim() },
    { id: 'method', title: 'Sized by', text: ({ recorded }) => recorded.method ?? '', narrowHidden: true },
    { id: 'size', title: 'Size', text: ({ recorded }) => numberText(recorded.quantity), numeric: true },
    { id: 'other-method', title: 'Other', text: ({ other }) => other.method ?? '', narrowHidden: true },
    { id: 'other-size', title: 'Its size', text: ({ other }) => numberText(other.quantity), numeric: true },
    { id: 'binding', title: 'Bound by', text: ({ other }) => bound(other), narrowHidden: true },
  ]
}
