/** Every reason a size can be zero or smaller than asked for. Stable: codes are added, never renamed or reused. */
export const REASON_CODES = [
  'INPUT_MISSING',
  'INPUT_MALFORMED',
  'INPUT_NOT_FINITE',
  'INPUT_OUT_OF_RANGE',
  'UNIT_MISMATCH',
  'SPEC_MISMATCH',
  'QUOTE_STALE',
  'QUOTE_OUTLIER',
  'QUOTE_CROSSED',
  'FX_PATH_MISSING',
  'STOP_WRONG_SIDE',
  'STOP_TOO_NEAR',
  'TARGET_WRONG_SIDE',
  'BELOW_MIN_LOT',
  'BELOW_MIN_SIZE',
  'NO_EDGE',
  'EDGE_UNCERTAIN',
  'FALLBACK',
  'FEE_EXCEEDS_EDGE',
  'REWARD_TO_RISK',
  'SHARPE_TOO_LOW',
  'SIGNAL_TOO_WEAK',
  'RISK_PER_TRADE',
  'DAILY_LOSS',
  'WEEKLY_LOSS',
  'MONTHLY_LOSS',
  'DRAWDOWN',
  'OPEN_RISK',
  'CLUSTER',
  'CONCENTRATION',
  'SINGLE_ASSET',
  'CORRELATION',
  'GROSS_EXPOSURE',
  'NET_EXPOSURE',
  'LEVERAGE',
  'BUDGET',
  'PORTFOLIO_VOL',
  'MARGIN',
  'TIER',
  'KELLY_CAP',
  'LIQUIDITY',
  'MAX_QTY',
  'MAX_NOTIONAL',
  'BRAKED',
  'SENSOR_MISSING',
  'PRICE_COLLAR',
  'THROTTLE',
  'DUPLICATE',
  'LIMITS_MISSING',
  'SESSION_CLOSED',
  'CLOCK_ANOMALY',
  'RECONCILE_DIFF',
  'OUTCOME_UNKNOWN',
  'LEDGER_UNVERIFIED',
  'STORE_IO',
  'STORE_FULL',
  'VERSION_MIX',
  'NOT_ARMED',
  'HALTED',
  'LOCKED',
  'REDUCE_ONLY',
  'SHORT_NOT_ALLOWED',
  'RESTRICTED',
  'NOT_ENABLED',
  'EXIT_PAST_FLAT',
  'LOT_ROUNDING',
  'LESS_ALLOWED',
  'NOT_CONFIRMED',
  'UNUSUAL_ORDER',
  'INTERNAL',
] as const

/** A stable code for machines; the sentence beside it is for people. */
export type ReasonCode = (typeof REASON_CODES)[number]

/** Why something was refused or cut: a code, one sentence for a person and, for input, the field it names. */
export interface Reason {
  readonly code: ReasonCode
  readonly says: string
  /** Dotted path of the input at fault, for example `request.stop` or `instrument.lotStep`. */
  readonly field?: string
}

/** Builds a reason; `field` only where an input is at fault. */
export function reason(code: ReasonCode, says: string, field?: string): Reason {
  return field === undefined ? { code, says } : { code, says, field }
}
