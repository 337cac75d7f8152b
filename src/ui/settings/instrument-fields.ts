import type { Instrument } from '../../contract/market.ts'

type AssetClass = Instrument['assetClass']

/** One field of the instrument form. */
export interface InstrumentField {
  readonly name: keyof Instrument
  readonly title: string
  readonly kind: 'text' | 'number' | 'percent' | 'choice' | 'switch' | 'names' | 'date'
  /** Said beside the field. */
  readonly note: string
  /** May be left empty: there is none. */
  readonly optional?: boolean
  readonly least?: 'positive' | 'zero'
  readonly choices?: readonly string[]
  /** Only instruments of these classes have it. */
  readonly only?: readonly AssetClass[]
}

/** Fields under one heading. */
export interface FieldGroup {
  readonly title: string
  readonly fields: readonly InstrumentField[]
}

/** Every class of instruments. */
export const assetClasses: readonly AssetClass[] = ['equity', 'etf', 'crypto', 'fx', 'future', 'option', 'cfd']

/** Every field of an instrument, under its headings. */
export const instrumentGroups: readonly FieldGroup[] = [
  {
    title: 'What it is',
    fields: [
      { name: 'symbol', title: 'Symbol', kind: 'text', note: 'as orders name it' },
      { name: 'name', title: 'Name', kind: 'text', note: '', optional: true },
      { name: 'assetClass', title: 'Class', kind: 'choice', note: '', choices: assetClasses },
      { name: 'currency', title: 'Currency', kind: 'text', note: 'of its prices' },
      {
        name: 'calendar',
        title: 'Calendar',
        kind: 'choice',
        note: 'its trading days',
        choices: ['equity', 'crypto', 'fx', 'futures'],
      },
      { name: 'clusters', title: 'Clusters', kind: 'names', note: 'parted by commas', optional: true },
      { name: 'source', title: 'Source', kind: 'text', note: 'where these figures come from' },
    ],
  },
  {
    title: 'Contract',
    fields: [
      { name: 'tickSize', title: 'Tick', kind: 'number', note: 'smallest step of the price', least: 'positive' },
      { name: 'lotStep', title: 'Lot step', kind: 'number', note: 'smallest step of the quantity', least: 'positive' },
      {
        name: 'pointValue',
        title: 'Point value',
        kind: 'number',
        note: 'money for 1.00 of price and 1 unit',
        least: 'positive',
      },
      { name: 'minQuantity', title: 'Least quantity', kind: 'number', note: '', least: 'zero' },
      {
        name: 'maxQuantity',
        title: 'Most quantity',
        kind: 'number',
        note: 'empty: no maximum',
        least: 'positive',
        optional: true,
      },
      { name: 'minNotional', title: 'Least value', kind: 'number', note: 'of an order', least: 'zero', optional: true },
      {
        name: 'contractSize',
        title: 'Contract size',
        kind: 'number',
        note: 'checked against the point value',
        least: 'positive',
        optional: true,
      },
      {
        name: 'tickValue',
        title: 'Tick value',
        kind: 'number',
        note: 'checked against tick × point value',
        least: 'positive',
        optional: true,
      },
      { name: 'expires', title: 'Expires', kind: 'date', note: 'last trading day', optional: true },
    ],
  },
  {
    title: 'Costs',
    fields: [
      { name: 'commissionPerUnit', title: 'Commission a unit', kind: 'number', note: 'each way', least: 'zero' },
      {
        name: 'commissionRate',
        title: 'Commission rate',
        kind: 'percent',
        note: 'of the value, each way',
        least: 'zero',
      },
      { name: 'commissionMinimum', title: 'Least commission', kind: 'number', note: 'each way', least: 'zero' },
      { name: 'spread', title: 'Spread', kind: 'number', note: 'in price, where no quote is known', least: 'zero' },
      { name: 'slippageTicks', title: 'Slippage', kind: 'number', note: 'ticks allowed at the stop', least: 'zero' },
    ],
  },
  {
    title: 'Margin and leave',
    fields: [
      {
        name: 'marginRate',
        title: 'Margin rate',
        kind: 'percent',
        note: 'of the value',
        least: 'positive',
        optional: true,
      },
      {
        name: 'marginPerUnit',
        title: 'Margin a unit',
        kind: 'number',
        note: 'stands before the rate',
        least: 'positive',
        optional: true,
      },
      {
        name: 'maxLeverageIntraday',
        title: 'Leverage by day',
        kind: 'number',
        note: 'times, at most',
        least: 'positive',
        optional: true,
      },
      {
        name: 'maxLeverageOvernight',
        title: 'Leverage overnight',
        kind: 'number',
        note: 'times, at most',
        least: 'positive',
        optional: true,
      },
      { name: 'enabled', title: 'May be traded', kind: 'switch', note: '' },
      { name: 'shortable', title: 'May be shorted', kind: 'switch', note: '' },
      { name: 'restricted', title: 'Restricted', kind: 'switch', note: 'on: every entry is refused' },
    ],
  },
  {
    title: 'Option',
    fields: [
      { name: 'optionRight', title: 'Right', kind: 'choice', note: '', choices: ['call', 'put'], only: ['option'] },
      { name: 'optionStrike', title: 'Strike', kind: 'number', note: '', least: 'positive', only: ['option'] },
      { name: 'optionDelta', title: 'Delta', kind: 'number', note: 'from −1 to 1', only: ['option'] },
      {
        name: 'optionUnderlying',
        title: 'Underlying',
        kind: 'number',
        note: 'its price',
        least: 'positive',
        only: ['option'],
      },
    ],
  },
]

/** The fields an instrument of a class has, under their headings. */
export function groupsOf(assetClass: string): readonly FieldGroup[] {
  return instrumentGroups
    .map(({ title, fields }) => ({
      title,
      fields: fields.filter(({ only }) => only === undefined || only.some((one) => one === assetClass)),
    }))
    .filter(({ fields }) => fields.length > 0)
}
