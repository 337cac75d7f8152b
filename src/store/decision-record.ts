import type { DecisionToRecord } from '../desk/ports.ts'
import type { DecisionBody } from '../domain/governor/decision.ts'
import type { BookInput, DecisionInputs } from '../domain/inputs.ts'
import { canonical, type Plain } from '../domain/kernel/canonical.ts'
import { revive, type Numbers } from './revive.ts'

/** What the log keeps of a decision. */
export interface DecisionRecord {
  readonly decisionId: string
  readonly inputs: DecisionInputs
  readonly bookHash: string
  readonly body: DecisionBody
}

/** The columns a decision is searched, sorted and listed by; all of them follow from its record. */
export interface DecisionColumns {
  readonly decision_id: string
  readonly recorded_at: number
  readonly at: number
  readonly account_id: string
  readonly kind: 'entry' | 'exit'
  readonly symbol: string
  readonly side: 'buy' | 'sell' | null
  readonly strategy: string | null
  readonly method: string | null
  readonly outcome: 'approved' | 'reduced' | 'rejected'
  readonly quantity: string
  readonly proposed: string | null
  readonly notional: string
  readonly risk_amount: string
  readonly binding: string | null
  /** Codes of all reasons with a space on both sides of each. */
  readonly codes: string
  readonly says: string
  /** Lower-case text that is searched. */
  readonly search: string
  readonly book_hash: string
}

const READING = { at: true } as const

const BOOK_NUMBERS: Numbers<BookInput> = {
  at: true,
  positions: [{ mark: READING }],
  rates: [READING],
}

const MARKET = {
  volatility: READING,
  volatilityLow: READING,
  volatilityHigh: READING,
  expectedReturn: READING,
  atrMean: READING,
  averageDailyVolume: READING,
  liquidity: READING,
} as const

const STUDIES = {
  market: MARKET,
  correlation: { correlation: [true], volatility: [true], periods: true, at: true },
  sensors: [READING],
  regime: { quality: READING, at: true },
} as const

const ACCOUNT = {
  equity: READING,
  peakEquity: READING,
  startingEquity: READING,
  openingEquity: { day: READING, week: READING, month: READING },
} as const

const INPUTS = {
  schema: true,
  at: true,
  account: ACCOUNT,
  last: READING,
  bid: READING,
  ask: READING,
  atr: READING,
  edge: { from: true, to: true, wins: true, losses: true, scratches: true, rMultiples: [true] },
  recent: [READING],
  ordersToday: true,
  studies: STUDIES,
} as const

const RECORD_NUMBERS: Numbers<DecisionRecord> = { inputs: INPUTS, body: { schema: true, at: true } }

/** Canonical JSON of a decision as the log keeps it. What a request holds beside plain finite values is kept as its text. */
export function decisionText(decision: DecisionToRecord): string {
  const { decisionId, bookHash, body } = decision
  const inputs = { ...decision.inputs, request: plainMembers(decision.inputs.request) }
  return canonical({ decisionId, inputs, bookHash, body })
}

/** A decision out of its canonical JSON. Throws `LEDGER_UNVERIFIED` where a number is none. */
export function readDecision(json: string): DecisionRecord {
  return revive<DecisionRecord>(JSON.parse(json), RECORD_NUMBERS)
}

/** The state of an account out of its canonical JSON. Throws `LEDGER_UNVERIFIED` where a number is none. */
export function readBookState(json: string): BookInput {
  return revive<BookInput>(JSON.parse(json), BOOK_NUMBERS)
}

/** The columns of a decision recorded at `recordedAt`. */
export function decisionColumns(record: DecisionRecord, recordedAt: number): DecisionColumns {
  const { decisionId, bookHash, body } = record
  const codes = [...new Set(body.reasons.map((reason) => reason.code))].join(' ')
  const words = [body.symbol, body.strategy, body.method, body.kind, body.side, body.outcome, body.binding, codes]
  const search = [...words, body.says, decisionId]
    .filter((word) => word !== null)
    .join(' ')
    .toLowerCase()
  return {
    decision_id: decisionId,
    recorded_at: recordedAt,
    at: body.at,
    account_id: body.accountId,
    kind: body.kind,
    symbol: body.symbol,
    side: body.side,
    strategy: body.strategy,
    method: body.method,
    outcome: body.outcome,
    quantity: body.quantity,
    proposed: body.proposed,
    notional: body.notional,
    risk_amount: body.riskAmount,
    binding: body.binding,
    codes: codes === '' ? '' : ` ${codes} `,
    says: body.says,
    search,
    book_hash: bookHash,
  }
}

function plainMembers(request: DecisionInputs['request']): Plain {
  const members: Record<string, Plain> = {}
  for (const [key, value] of Object.entries(request) as [string, unknown][]) {
    if (value !== undefined) members[key] = plainValue(value)
  }
  return members
}

function plainValue(value: unknown): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  return typeof value === 'bigint' ? value.toString() : Object.prototype.toString.call(value)
}
