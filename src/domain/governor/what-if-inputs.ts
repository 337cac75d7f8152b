import type { BookInput, DecisionInputs, EdgeInput, OrderRequest, PositionInput, Reading } from '../inputs.ts'
import type { Settings } from '../kernel/setting.ts'
import { GENERAL, SECTIONS } from '../profile.ts'

/** Everything a decision was made from, as plain data. */
export interface Snapshot {
  readonly inputs: DecisionInputs
  readonly book: BookInput
  /** The profile as it was parsed from its source. */
  readonly profile: unknown
}

/** How a changed input is read: as it is, as a whole number, or as true or false. */
export type InputKind = 'text' | 'whole' | 'switch'

/** One input of a decision that may be changed. */
export interface ChangeableInput {
  /** Dotted path, for example `request.stop`, `positions.0.mark` or `profile.ceilings.risk_per_trade.max`. */
  readonly path: string
  readonly group: string
  readonly title: string
  readonly kind: InputKind
  /** As stored; `null` where it was not known or not set. */
  readonly value: string | null
  /** Where the value stands in the snapshot. */
  readonly place: readonly (string | number)[]
  /** Whether the value stands in a reading, whose source and instant change with it. */
  readonly isReading: boolean
}

const REQUEST_KEYS = [
  'side',
  'entry',
  'stop',
  'target',
  'quantity',
  'risk',
  'method',
  'conviction',
  'signal',
  'expectedReturn',
  'volatility',
] as const satisfies readonly (keyof OrderRequest)[]

/** What stands for an edge that was not known: each number has to be given, none is made up. */
const NO_EDGE: { readonly [Key in 'wins' | 'losses' | 'scratches' | 'meanWin' | 'meanLoss']: null } = {
  wins: null,
  losses: null,
  scratches: null,
  meanWin: null,
  meanLoss: null,
} satisfies Partial<Record<keyof EdgeInput, null>>

/** Members that name things or say where they come from; they change nothing that is computed. */
const NAMES: ReadonlySet<string> = new Set([
  'accountId',
  'name',
  'source',
  'scope',
  'window',
  'from',
  'to',
  'at',
  'symbol',
  'code',
  'id',
  'says',
  'orderId',
  'timeZone',
  'dayRoll',
  'currency',
  'spec',
  'periods',
  'program',
  'floorSays',
  'dayFloorSays',
])
const COUNTS: ReadonlySet<string> = new Set(['wins', 'losses', 'scratches', 'ordersToday'])

/** Every input of a stored decision that may be changed, in the order a picker shows them. */
export function changeableInputs({ inputs, book, profile }: Snapshot): readonly ChangeableInput[] {
  const request = Object.fromEntries(REQUEST_KEYS.map((key) => [key, inputs.request[key] ?? null]))
  const at = (place: readonly (string | number)[], path: string, group: string, value: unknown): ChangeableInput[] =>
    leaves(value, place, path, group)
  return [
    ...at(['inputs', 'request'], 'request', 'Order', request),
    ...at(['inputs', 'account'], 'account', 'Account', inputs.account),
    ...(['last', 'bid', 'ask', 'atr'] as const).flatMap((key) => at(['inputs', key], key, 'Market', inputs[key])),
    ...at(['inputs', 'studies'], 'studies', 'Studies', inputs.studies ?? null),
    ...at(['inputs', 'edge'], 'edge', 'Closed trades', inputs.edge ?? NO_EDGE),
    ...at(['inputs', 'ordersToday'], 'ordersToday', 'Account', inputs.ordersToday),
    ...at(['inputs', 'strategy'], 'strategy', 'Strategy', inputs.strategy),
    ...at(['inputs', 'instrument'], 'instrument', 'Instrument', inputs.instrument),
    ...book.positions.flatMap((held, index) =>
      at(['book', 'positions', index], `positions.${index}`, positionGroup(held), held),
    ),
    ...book.working.flatMap((order, index) =>
      at(['book', 'working', index], `working.${index}`, `Working order ${order.symbol}`, order),
    ),
    ...book.rates.flatMap((rate, index) =>
      at(['book', 'rates', index, 'rate'], `rates.${rate.from}${rate.to}`, 'Exchange rates', rate.rate).map((leaf) => ({
        ...leaf,
        title: `${rate.from} to ${rate.to}`,
      })),
    ),
    ...profileLeaves(profile),
  ]
}

const positionGroup = ({ symbol, strategy }: PositionInput): string =>
  strategy === null ? `Position ${symbol}` : `Position ${symbol}, ${strategy}`

function leaves(value: unknown, place: readonly (string | number)[], path: string, group: string): ChangeableInput[] {
  const key = path.split('.').at(-1) ?? ''
  if (NAMES.has(key) || value === undefined) return []
  if (isReading(value)) return [leaf(path, group, place, 'text', value.value, true)]
  if (value === null || typeof value === 'string')
    return isEmptyGroup(path, value) ? [] : [leaf(path, group, place, COUNTS.has(key) ? 'whole' : 'text', value)]
  if (typeof value === 'number') return [leaf(path, group, place, COUNTS.has(key) ? 'whole' : 'text', String(value))]
  if (typeof value === 'boolean') return [leaf(path, group, place, 'switch', String(value))]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) =>
    // Lists of samples are what they are: a matrix or a row of trades is not one input.
    Array.isArray(inner) && !inner.every(isReading)
      ? []
      : leaves(inner, [...place, Array.isArray(value) ? Number(name) : name], `${path}.${name}`, group),
  )
}

/** A group that is not there has nothing in it to change. */
function isEmptyGroup(path: string, value: string | null): boolean {
  return (
    value === null &&
    ['studies', 'strategy', 'instrument'].some((group) => path === group || /^studies\.\w+$/.test(path))
  )
}

function leaf(
  path: string,
  group: string,
  place: readonly (string | number)[],
  kind: InputKind,
  value: string | null,
  reading = false,
): ChangeableInput {
  return { path, group, title: titleOf(path), kind, value, place, isReading: reading }
}

const TITLES: Readonly<Record<string, string>> = {
  atr: 'Average true range',
  last: 'Last price',
  'account.openingEquity.day': 'Equity at the start of the day',
  'account.openingEquity.week': 'Equity at the start of the week',
  'account.openingEquity.month': 'Equity at the start of the month',
  'account.flows.day': 'Paid in today',
  'account.flows.week': 'Paid in this week',
  'account.flows.month': 'Paid in this month',
}

/** The last word of a path, in words: `meanWin` reads "Mean win". */
function titleOf(path: string): string {
  const known = TITLES[path]
  if (known !== undefined) return known
  const [first, ...rest] = path.split('.')
  const words = (rest.length === 0 ? (first ?? path) : (rest.findLast((part) => !/^\d+$/.test(part)) ?? path))
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

function profileLeaves(profile: unknown): ChangeableInput[] {
  if (!isRecord(profile)) return []
  const { method } = profile
  const general = settingLeaves('general', 'Profile, general', GENERAL, profile['general'])
  const own = leaf('profile.method', 'Profile, general', ['profile', 'method'], 'text', String(method))
  const rules = SECTIONS.flatMap(({ key, rules: known }) => {
    const section = profile[key]
    return known.flatMap(({ id, title, settings }) =>
      settingLeaves(`${key}.${id}`, `Profile, ${title}`, settings, isRecord(section) ? section[id] : undefined),
    )
  })
  return [own, ...general, ...rules]
}

function settingLeaves(path: string, group: string, settings: Settings, values: unknown): ChangeableInput[] {
  if (!isRecord(values)) return []
  const place = ['profile', ...path.split('.')]
  return Object.entries(settings).flatMap(([key, setting]): ChangeableInput[] => {
    const value = values[key]
    const named = (name: string, title: string, at: readonly string[], of: unknown): ChangeableInput => ({
      ...leaf(`profile.${path}.${name}`, group, at, setting.kind === 'switch' ? 'switch' : 'text', String(of)),
      title,
    })
    if (isRecord(value))
      return Object.entries(value).map(([name, of]) =>
        named(`${key}.${name}`, `${setting.title}: ${name}`, [...place, key, name], of),
      )
    return value === undefined ? [] : [named(key, setting.title, [...place, key], value)]
  })
}

function isReading(value: unknown): value is Reading {
  return isRecord(value) && 'value' in value && 'source' in value && 'at' in value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
