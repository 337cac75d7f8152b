import type { AccountInput, EdgeInput, InstrumentSpec, Reading } from '../domain/inputs.ts'
import { add, readDecimal, text, ZERO } from '../domain/kernel/money.ts'
import type { Profile } from '../domain/profile.ts'
import type { MarketStudy, Studies } from '../domain/studies.ts'
import { edgeInput, meanQuantity } from './edge-input.ts'
import { isCapital } from './gather-account.ts'
import type { MarketRoom } from './portfolio/market-room.ts'
import type { AccountRecord, BookReader } from './ports.ts'
import { studyCorrelation } from './studies-correlation.ts'
import { liquidityReading, marketStudy, measureInstrument, measureSettings } from './studies-market.ts'
import type { StudiesPlan } from './studies-plan.ts'
import { regimeSet } from './studies-regime.ts'
import { studySensors } from './studies-sensors.ts'

/** Remembers what was derived from the ledger until the ledger changes. */
export type Remember = <T>(key: string, derive: () => T) => T

/** For which order, account and instant something is studied. */
export interface StudyFrame {
  readonly book: BookReader
  readonly account: AccountRecord
  readonly profile: Profile
  readonly symbol: string
  /** Symbols with open positions or working orders. */
  readonly held: readonly string[]
  readonly at: number
  /** Whether `at` is the present: then what was worked out within the last minute still counts. */
  readonly isNow: boolean
  readonly remember: Remember
  /** Where studies are that are made beside the desk. */
  readonly markets: MarketRoom
}

/** How long an edge or a market study is kept while the ledger stays as it is. */
const KEPT_MS = 60_000

/** The studies a plan asks for; `undefined` where it asks for none, so that snapshots stay small. */
export function gatherStudies(frame: StudyFrame, plan: StudiesPlan, account: AccountInput): Studies | undefined {
  const isAsked = plan.market.size > 0 || plan.lastProfits > 0 || plan.regime || plan.correlation || plan.sensors
  if (!isAsked) return undefined
  return {
    market: plan.market.size === 0 ? null : studyMarket(frame, plan, account),
    correlation: plan.correlation ? studyCorrelation(frame) : null,
    sensors: plan.sensors ? studySensors(frame) : [],
    regime: plan.regime ? regimeSet(frame.book) : null,
    lastProfits: plan.lastProfits === 0 ? [] : lastProfits(frame, plan.lastProfits),
    propFirm: null,
  }
}

/** The edge of a strategy, or of all trades where none is named, over the plan's window up to the instant. */
export function gatherEdge(frame: StudyFrame, plan: StudiesPlan, strategy: string): EdgeInput | null {
  if (plan.edge === null) return null
  const { windowDays, members } = plan.edge
  const { book, account, symbol } = frame
  const made = kept(frame, `edge:${account.accountId}:${strategy}:${windowDays}:${[...members].join()}`, (at) => {
    const from = at - windowDays * 86_400_000
    const trades = book.trades(account.accountId, { ...(strategy === '' ? {} : { strategy }), from, to: at })
    const says = strategy === '' ? 'all trades' : `strategy ${strategy}`
    return { edge: edgeInput(trades, { says, from, to: at, currency: account.currency, members }), trades }
  })
  return members.has('meanFee') ? { ...made.edge, meanQuantity: meanQuantity(made.trades, symbol) } : made.edge
}

/** First balance moved by later deposits and withdrawals: what a floor below the start is measured from. */
export function startingEquity(book: BookReader, account: AccountRecord, at: number): Reading {
  const flows = book.cashFlows(account.accountId, at).filter(isCapital)
  if (flows.length === 0) return { value: null, source: 'no opening balance or deposit is on record', at: null }
  let sum = ZERO
  for (const flow of flows) {
    const amount = readDecimal(flow.accountAmount, `cashFlows.${flow.flowId}`)
    if (!amount.ok) return { value: null, source: `no rate is known for the cash flow ${flow.flowId}`, at: null }
    sum = add(sum, amount.value)
  }
  return { value: text(sum), source: 'first balance, deposits and withdrawals', at: flows[0]?.at ?? null }
}

function studyMarket(frame: StudyFrame, plan: StudiesPlan, account: AccountInput): MarketStudy | null {
  const { book, symbol, profile } = frame
  const spec: InstrumentSpec | undefined = book.instrument(symbol)
  if (spec === undefined) return null
  const settings = measureSettings(profile)
  const measured = kept(frame, `measured:${symbol}:${settings.riskFree}:${settings.rangePeriod}`, (at) =>
    measureInstrument(book, spec, at, settings),
  )
  return marketStudy(measured, plan.market, () =>
    liquidityReading(book, frame.account, spec, measured, account.equity.value, frame.at),
  )
}

/** Net profits of the last closed trades; one that no rate turns into account currency is blank, and brakes. */
function lastProfits({ book, account, at }: StudyFrame, count: number): readonly string[] {
  return book
    .trades(account.accountId, { to: at })
    .slice(-count)
    .map(({ accountProfit }) => accountProfit ?? '')
}

/**
 * Works something out for the instant, or takes what was worked out within the last minute. Of an instant of the past it is
 * always worked out for exactly that instant: nothing later may be in it.
 */
function kept<T>({ at, isNow, remember }: StudyFrame, key: string, derive: (at: number) => T): T {
  if (!isNow) return remember(`${key}@${at}`, () => derive(at))
  const { made, value } = remember(`${key}~${Math.floor(at / KEPT_MS)}`, () => ({ made: at, value: derive(at) }))
  return made <= at ? value : derive(at)
}
