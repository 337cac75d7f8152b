import type { LimitReading } from '../../contract/limits.ts'
import type { LimitHistory, LiveLimit, LiveLimits } from '../../contract/live-limits.ts'
import type { Book } from '../../domain/book.ts'
import {
  add,
  dec,
  divide,
  larger,
  magnitude,
  readDecimal,
  readPositive,
  rounded,
  ZERO,
} from '../../domain/kernel/money.ts'
import type { Dec } from '../../domain/kernel/money.ts'
import { deskView } from '../desk-view.ts'
import { standing } from '../standing.ts'
import { CONFIRMATION } from '../state/desk-rules.ts'
import type { Workspace } from '../workspace.ts'
import { LOSS_RULES } from './loss-limits.ts'
import { moreLimits } from './more-limits.ts'
import { resetsOf } from './resets.ts'
import { riskLimits } from './risk-limits.ts'
import { shedOf } from './shed.ts'
import { liveRisk, standingRisk } from './standing-risk.ts'

const CAUTION = dec('0.7')
const DANGER = dec('0.9')
/** Closed trades whose losses tell what one usually costs. */
const TYPICAL_TRADES = 50

/** Every limit of the open account as it is used now, nearest to breach first, with what is left of it. */
export function liveLimits(workspace: Workspace): LiveLimits {
  const at = workspace.readAt()
  const figures = workspace.rememberAt('live-limits', at, () => workOut(workspace))
  const now = workspace.now()
  const { profile, account, book, limits, view, typicalLoss } = figures
  const { latch } = workspace.posture.now
  return {
    ...view,
    at,
    resets: resetsOf(workspace, now),
    shed: shedOf(profile, account, book, now),
    limits: limits.map((limit) => ({ ...limit, readings: latch.readings[limit.key] ?? '' })),
    typicalLoss,
    breaches: workspace.book.breaches(Math.min(latch.session.start, now)).map((breach) => ({ ...breach })),
    confirmation: { ...CONFIRMATION },
  }
}

/** How one limit was used over time. */
export function limitHistory(
  workspace: Workspace,
  { key, from = 0, limit = 500 }: { key: string; from?: number | undefined; limit?: number | undefined },
): LimitHistory {
  const points = workspace.book.limitPoints(key, from, limit)
  return {
    key,
    points: points.map(({ at, used, limit: most, utilisation }) => ({ at, used, limit: most, utilisation })),
  }
}

/** What is worked out once per change of the ledger and second. */
function workOut(workspace: Workspace) {
  const { account, book, profile } = standing(workspace)
  const { limits: told, ...shown } = deskView(workspace)
  const equity = readPositive(account.equity.value, 'account.equity')
  const known = equity.ok && book.unknown.length === 0 ? equity.value : null
  const typical = typicalLossOf(workspace)
  const risk = standingRisk(workspace, book, profile)
  const limits = [
    ...told,
    ...moreLimits(workspace, account, book, profile, known),
    ...riskLimits(risk, book, profile, account.currency, known),
  ]
    .map((limit) => liveLimit(limit, book, typical?.loss ?? null))
    .sort((a, b) => nearness(b) - nearness(a))
  const opening = readPositive(account.openingEquity.day.value, 'opening')
  const profit = readDecimal(shown.dayProfit, 'dayProfit')
  return {
    account,
    profile,
    book,
    limits,
    typicalLoss: typical === null ? null : { amount: rounded(typical.loss), trades: typical.trades },
    view: {
      equity: shown.equity,
      dayProfit: shown.dayProfit,
      accountId: shown.accountId,
      currency: shown.currency,
      openRisk: shown.openRisk,
      gross: shown.gross,
      net: shown.net,
      bySymbol: shown.bySymbol,
      byCluster: shown.byCluster,
      byStrategy: shown.byStrategy,
      byClass: shown.byClass,
      risk: liveRisk(risk, known, workspace.now()),
      unknown: shown.unknown,
      equityAt: account.equity.at,
      dayReturn: opening.ok && profit.ok ? rounded(divide(profit.value, opening.value)) : null,
      leverage: known === null ? null : rounded(divide(book.gross, known)),
    },
  }
}

function liveLimit(limit: LimitReading, book: Book, typical: Dec | null): Omit<LiveLimit, 'readings'> {
  const key = keyOf(limit)
  const left = limit.left === null || limit.unit !== 'money' ? null : larger(dec(limit.left), ZERO)
  const perUnit = limit.subject === null ? null : valueOfOne(book, limit.subject)
  return {
    ...limit,
    key,
    band: bandOf(limit),
    headroom: {
      money: left === null ? null : rounded(left),
      units: left === null || perUnit === null ? null : rounded(divide(left, perUnit)),
      typicalLosses: left === null || typical === null ? null : rounded(divide(left, typical)),
    },
    isLoss: LOSS_RULES.has(limit.rule),
  }
}

/** A firm's two floors share a rule; what else there is more than one of is told apart by its subject. */
function keyOf({ rule, title, subject }: LimitReading): string {
  if (rule === 'prop_firm') return `prop_firm:${title.endsWith(' day') ? 'day' : 'maximum'}`
  return subject === null ? rule : `${rule}:${subject}`
}

function bandOf({ utilisation, used, limit }: LimitReading): LiveLimit['band'] {
  if (used === null || limit === null) return 'unknown'
  if (utilisation === null) return dec(used).gt(0) ? 'danger' : 'safe'
  const use = dec(utilisation)
  return use.lt(CAUTION) ? 'safe' : use.lt(DANGER) ? 'caution' : 'danger'
}

function nearness({ utilisation, band }: Omit<LiveLimit, 'readings'>): number {
  return utilisation === null ? (band === 'unknown' ? 2 : 0) : Number(utilisation)
}

/** Exposure of one unit of a symbol, from what is held of it; `null` where the subject is no held symbol. */
function valueOfOne(book: Book, symbol: string): Dec | null {
  const held = book.positions.find(({ input }) => input.symbol === symbol)
  const quantity = held === undefined ? undefined : magnitude(dec(held.input.quantity))
  if (held === undefined || quantity === undefined || quantity.isZero()) return null
  const one = divide(magnitude(held.notional), quantity)
  return one.gt(0) ? one : null
}

function typicalLossOf(workspace: Workspace): { loss: Dec; trades: number } | null {
  return workspace.remember('typical-loss', () => {
    const trades = workspace.book.trades(workspace.account().accountId, { to: workspace.now() })
    const losses = trades
      .slice(-TYPICAL_TRADES)
      .map((trade) => readDecimal(trade.accountProfit, 'profit'))
      .flatMap((profit) => (profit.ok && profit.value.lt(0) ? [magnitude(profit.value)] : []))
    if (losses.length === 0) return null
    const sum = losses.reduce<Dec>((total, loss) => add(total, loss), ZERO)
    return { loss: divide(sum, dec(losses.length)), trades: losses.length }
  })
}
