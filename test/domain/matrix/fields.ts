import type { Kind } from './bad-values.ts'

/** One input: where it is, what it may be, and the field that a refusal must name. */
export interface Field {
  readonly ground: string
  /** Dotted path below the ground, for example `inputs.request.entry`. */
  readonly path: string
  readonly kind: Kind
  /** What the field of the reason begins with; where another input shows the contradiction, either. */
  readonly names: string
  readonly shownBy?: string
}

const on = (ground: string, prefix: string, names: string, kinds: Readonly<Record<string, Kind>>): readonly Field[] =>
  Object.entries(kinds).map(([key, kind]) => ({
    ground,
    path: prefix + key,
    kind,
    names: names === '' ? key : names.endsWith('.') ? names + key : names,
  }))

const SPEC: Readonly<Record<string, Kind>> = {
  symbol: 'name',
  assetClass: 'name',
  currency: 'name',
  tickSize: 'positive',
  lotStep: 'positive',
  minQuantity: 'nonNegative',
  maxQuantity: 'positiveOrNone',
  minNotional: 'nonNegativeOrNone',
  pointValue: 'positive',
  contractSize: 'positiveOrNone',
  tickValue: 'positiveOrNone',
  clusters: 'list',
  shortable: 'toggle',
  enabled: 'toggle',
  restricted: 'toggle',
  calendar: 'name',
  marginRate: 'positiveOrNone',
  commissionPerUnit: 'nonNegative',
  commissionRate: 'nonNegative',
  commissionMinimum: 'nonNegative',
  spread: 'nonNegative',
  slippageTicks: 'nonNegative',
}

const LISTED: readonly Field[] = [
  ...on('fixed risk', 'inputs.', '', {
    at: 'now',
    bookKind: 'name',
    ordersToday: 'count',
    instrument: 'group',
    strategy: 'groupOrNone',
  }),
  ...on('fixed risk', 'inputs.request.', 'request.', {
    symbol: 'name',
    side: 'name',
    entry: 'positive',
    stop: 'unsetPositive',
    target: 'unsetPositive',
    quantity: 'unsetPositive',
    risk: 'unsetPositive',
    method: 'unsetName',
    conviction: 'unsetName',
    signal: 'unsetStrength',
    expectedReturn: 'unsetSigned',
    volatility: 'unsetNonNegative',
    strategy: 'unsetName',
  }),
  ...on('typed entry', 'inputs.request.', 'request.', { entry: 'positive' }),
  ...on('reward required', 'inputs.request.', 'request.', { target: 'positive', stop: 'positive' }),
  ...on('fixed risk', 'inputs.instrument.', 'instrument.', SPEC),
  ...on('margin', 'inputs.instrument.', 'instrument.', {
    marginPerUnit: 'positiveOrNone',
    maxLeverageIntraday: 'positiveOrNone',
  }),
  ...on('option', 'inputs.instrument.', 'instrument.', {
    optionDelta: 'signed',
    optionStrike: 'positive',
    optionUnderlying: 'positive',
    optionRight: 'name',
  }),
  ...on('fixed risk', 'inputs.account.', 'account.', {
    accountId: 'name',
    currency: 'name',
    enabled: 'toggle',
    equity: 'group',
    peakEquity: 'group',
    openingEquity: 'group',
    flows: 'group',
  }),
  ...['equity', 'openingEquity.day', 'openingEquity.week', 'openingEquity.month'].flatMap((key) =>
    on('fixed risk', `inputs.account.${key}.`, `account.${key}`, { value: 'positive', at: 'instant' }),
  ),
  ...on('fixed risk', 'inputs.account.openingEquity.', 'account.openingEquity.', {
    day: 'group',
    week: 'group',
    month: 'group',
  }),
  ...on('fixed risk', 'inputs.account.peakEquity.', 'account.peakEquity', { value: 'positive', at: 'anyAge' }),
  ...on('fixed risk', 'inputs.account.flows.', 'account.flows.', { day: 'signed', week: 'signed', month: 'signed' }),
  ...on('fixed risk', 'inputs.last.', 'last', { value: 'positive', at: 'instant' }),
  ...on('live', 'inputs.last.', 'last', { value: 'positive', at: 'instant' }),
  ...on('fixed risk', 'inputs.bid.', 'bid', { value: 'positiveOrNone' }),
  ...on('fixed risk', 'inputs.ask.', 'ask', { value: 'positiveOrNone' }),
  ...on('fixed risk', 'inputs.', '', { last: 'group', bid: 'group', ask: 'group', atr: 'group' }),
  ...on('average range', 'inputs.atr.', 'atr', { value: 'positive', at: 'instant' }),
  ...on('kelly', 'inputs.edge.', 'edge', {
    wins: 'count',
    losses: 'count',
    scratches: 'count',
    meanWin: 'positive',
    meanLoss: 'positive',
  }),
  ...on('kelly', 'inputs.', '', { edge: 'group' }),
  ...on('fixed risk', 'inputs.strategy.', 'strategy.', {
    code: 'name',
    enabled: 'toggle',
    budget: 'nonNegativeOrNone',
    method: 'nameOrNone',
  }),
  ...on('fixed quantity', 'inputs.strategy.', 'strategy.', { fixedQuantity: 'positiveOrNone' }),
  ...on('fixed risk', 'inputs.recent.0.', 'recent.0.', {
    symbol: 'text',
    side: 'name',
    quantity: 'signed',
    at: 'anyAge',
  }),
  ...on('fixed risk', 'inputs.', '', { recent: 'list' }),
  ...on('fixed risk', 'book.', '', { positions: 'list', working: 'list', rates: 'restOfList' }),
  ...on('fixed risk', 'book.', 'account.', { currency: 'name' }),
  ...on('fixed risk', 'book.positions.', 'positions', { 0: 'group' }),
  ...on('fixed risk', 'book.positions.0.', 'positions', { symbol: 'name' }),
  ...on('fixed risk', 'book.positions.0.', 'positions.HELD.', {
    quantity: 'signed',
    averagePrice: 'positive',
    stop: 'positiveOrNone',
    strategy: 'nameOrNone',
    mark: 'group',
    spec: 'group',
  }),
  ...on('fixed risk', 'book.positions.0.mark.', 'positions.HELD.mark', { value: 'positive', at: 'instant' }),
  ...on('fixed risk', 'book.positions.0.spec.', 'positions.HELD.spec.', SPEC),
  ...on('fixed risk', 'book.working.', 'working', { 0: 'group' }),
  ...on('fixed risk', 'book.working.0.', 'working.w1.', {
    symbol: 'name',
    side: 'name',
    quantity: 'positive',
    price: 'positive',
    stop: 'positiveOrNone',
    spec: 'group',
  }),
  ...on('fixed risk', 'book.working.0.spec.', 'working.w1.spec.', SPEC),
  ...on('fixed risk', 'book.rates.', 'rates', { 0: 'group' }),
  ...on('fixed risk', 'inputs.account.', 'account.', { name: 'text', timeZone: 'name' }),
  ...on('fixed risk', 'inputs.account.equity.', 'account.equity.', { source: 'text' }),
  ...on('fixed risk', 'inputs.last.', 'last.', { source: 'text' }),
  ...on('fixed risk', 'book.positions.0.mark.', 'positions.HELD.mark', { source: 'text' }),
  ...on('kelly', 'inputs.edge.', 'edge.', { scope: 'text' }),
  ...on('every rule', 'inputs.account.startingEquity.', 'account.startingEquity', { value: 'positive' }),
  ...on('every rule', 'inputs.studies.market.averageDailyVolume.', 'market.averageDailyVolume', {
    value: 'positive',
    at: 'instant',
  }),
  ...on('every rule', 'inputs.studies.propFirm.', 'propFirm.', { floor: 'positiveOrNone', dayFloor: 'positiveOrNone' }),
  ...on('conservative kelly', 'inputs.edge.', 'edge', { winRateLow: 'positive', payoffLow: 'positive' }),
  ...on('continuous kelly', 'inputs.studies.market.expectedReturn.', 'request.expectedReturn', { value: 'signed' }),
  ...on('volatility target', 'inputs.studies.market.volatility.', 'market.volatility', {
    value: 'positive',
    at: 'instant',
  }),
  ...on('enhanced kelly', 'inputs.studies.market.atrMean.', 'market.atrMean', { value: 'positive', at: 'instant' }),
  ...on('enhanced kelly', 'inputs.atr.', 'atr', { value: 'positive', at: 'instant' }),
  ...on('enhanced kelly', 'inputs.edge.', 'edge', { meanFee: 'nonNegativeIfAny', meanQuantity: 'positiveIfAny' }),
  ...on('fixed risk', 'book.rates.0.', 'rates', { from: 'name', to: 'name', rate: 'positive', at: 'instant' }),
]

/** Inputs whose fault shows where they meet another: a name that nothing else knows. */
const SHOWN_BY: Readonly<Record<string, string>> = {
  'inputs.request.symbol': 'instrument.symbol',
  'inputs.request.strategy': 'strategy.code',
  'inputs.instrument.currency': 'rates',
  'book.positions.0.spec.currency': 'rates',
  'book.working.0.spec.currency': 'rates',
  'book.positions.0.symbol': 'positions',
  'book.working.0.symbol': 'working',
}

/** Every input that a decision depends on. */
export const FIELDS: readonly Field[] = LISTED.map((field) => ({
  ...field,
  shownBy: SHOWN_BY[field.path] ?? field.names,
}))

/** Inputs that no size depends on, with the reason; broken in any way they leave the size as it is. */
export const UNNEEDED: Readonly<Record<string, string>> = {
  'inputs.engine': 'identity of the arithmetic, recorded for the replay',
  'inputs.bookHash': 'identity of the book, recorded for the replay',
  'inputs.profileHash': 'identity of the profile, recorded for the replay',
  'inputs.request.note': 'a remark of the trader',
  'inputs.account.dayRoll': 'the desk cuts the periods by it; the size sees their opening equity',
  'inputs.instrument.name': 'a name for people',
  'inputs.instrument.source': 'says where the specification came from',
  'inputs.instrument.expires': 'no rule of this profile looks at it',
  'inputs.instrument.maxLeverageOvernight': 'it is day',
  'inputs.instrument.optionDelta': 'only an option has one',
  'inputs.edge.wins': 'fixed risk does not look at closed trades',
  'inputs.edge.meanWin': 'fixed risk does not look at closed trades',
  'inputs.edge.to': 'says which trades were counted',
  'inputs.atr.value': 'fixed risk with a stop does not look at ranges',
  'inputs.atr.at': 'fixed risk with a stop does not look at ranges',
}
