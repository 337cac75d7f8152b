const REPEATS_TRADES = 'It sums up executions, which are read one by one.'
const REPEATS_CASH = 'It repeats cash movements that are read from the cash transactions.'
const VALUES = 'It is a valuation, not a movement; the book values positions itself.'
const ACCRUAL = 'It is accrued and not paid yet; the payment comes as a cash transaction.'
const BY_HAND = 'It changes positions or cash in a way that is not imported: enter its effect by hand.'

const REASONS: Readonly<Record<string, string>> = {
  Order: REPEATS_TRADES,
  SymbolSummary: REPEATS_TRADES,
  AssetSummary: REPEATS_TRADES,
  Lot: REPEATS_TRADES,
  WashSale: REPEATS_TRADES,
  FxTransaction: 'It is the currency side of a trade or cash transaction that is read itself.',
  FxLot: VALUES,
  FxPosition: VALUES,
  StatementOfFundsLine: REPEATS_CASH,
  TransactionTax: 'It is part of the taxes that its trade states.',
  UnbundledCommissionDetail: 'It is part of the commission that its trade states.',
  CommissionCredit: REPEATS_CASH,
  ChangeInNAV: VALUES,
  ChangeInPositionValue: VALUES,
  EquitySummaryByReportDateInBase: VALUES,
  MTMPerformanceSummaryUnderlying: VALUES,
  PriorPeriodPosition: VALUES,
  NetStockPosition: VALUES,
  ChangeInDividendAccrual: ACCRUAL,
  OpenDividendAccrual: ACCRUAL,
  InterestAccrualsCurrency: ACCRUAL,
  TierInterestDetail: ACCRUAL,
  HardToBorrowDetail: ACCRUAL,
}

const BY_HAND_ELEMENTS = new Set([
  'CorporateAction',
  'Transfer',
  'TradeTransfer',
  'UnsettledTransfer',
  'OptionEAE',
  'StockGrantActivity',
  'DebitCardActivity',
])

/** Why a row of a section that brings nothing is left out. */
export function flexReason(element: string): string {
  if (BY_HAND_ELEMENTS.has(element)) return BY_HAND
  return REASONS[element] ?? 'The section holds no executions, cash, prices or rates.'
}

/** Whether leaving the row out makes the book differ from the account. */
export function mattersByHand(element: string): boolean {
  return BY_HAND_ELEMENTS.has(element)
}
