/** Members of a specification that most instruments leave at their least. */
export const SHARED = {
  maxQuantity: null,
  minNotional: null,
  contractSize: null,
  tickValue: null,
  shortable: true,
  enabled: true,
  restricted: false,
  marginRate: null,
  marginPerUnit: null,
  maxLeverageIntraday: null,
  maxLeverageOvernight: null,
  commissionPerUnit: '0',
  commissionRate: '0',
  commissionMinimum: '0',
  optionDelta: null,
  optionStrike: null,
  optionUnderlying: null,
  optionRight: null,
  expires: null,
  source: 'sample book: usual terms, invented prices',
} as const

/** Terms of US shares and funds. */
export const STOCK = {
  ...SHARED,
  currency: 'USD',
  tickSize: '0.01',
  lotStep: '1',
  minQuantity: '1',
  pointValue: '1',
  calendar: 'equity',
  marginRate: '0.5',
  commissionPerUnit: '0.005',
  commissionMinimum: '1',
  slippageTicks: '2',
} as const

/** Terms of currency pairs, traded in hundredths of a lot of 100,000. */
export const PAIR = {
  ...SHARED,
  assetClass: 'fx',
  lotStep: '0.01',
  minQuantity: '0.01',
  maxQuantity: '100',
  pointValue: '100000',
  contractSize: '100000',
  calendar: 'fx',
  marginRate: '0.0333',
  slippageTicks: '5',
} as const
