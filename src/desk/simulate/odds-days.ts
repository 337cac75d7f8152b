import type { OddsInput } from '../../contract/simulation/odds.ts'
import type { Program } from '../../domain/prop-firm/program.ts'
import type { DayTrade, TradeDay } from '../../domain/simulation/prop-firm/plan.ts'
import { tradingDays } from '../edge-trades.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { figure } from './read-figures.ts'
import { missingTrades, tradedR } from './traded-r.ts'

/** The trading days to draw from: as given, else the book's closed trades in R by the firm's day. */
export function oddsDays(workspace: Workspace, { days, trades }: OddsInput, program: Program): TradeDay[] {
  if (days === undefined) return daysOfBook(workspace, trades, program)
  if (trades !== undefined)
    throw new DeskRefusal('UNIT_MISMATCH', 'Days are given and trades of the book are named: leave one out.', 'trades')
  return days.map((day, at) =>
    day.map((trade, index): DayTrade => {
      const field = `days[${at}][${index}]`
      if (typeof trade !== 'object' || trade === null) return { r: figure(trade, field) }
      return {
        r: figure(trade.r, `${field}.r`),
        ...(trade.worst === undefined ? {} : { worst: figure(trade.worst, `${field}.worst`) }),
        ...(trade.best === undefined ? {} : { best: figure(trade.best, `${field}.best`) }),
      }
    }),
  )
}

function daysOfBook(workspace: Workspace, wanted: OddsInput['trades'], program: Program): TradeDay[] {
  const traded = tradedR(workspace, wanted)
  const missing = missingTrades(traded)
  if (missing !== undefined) throw new DeskRefusal('EDGE_UNCERTAIN', missing, 'trades')
  const dayOf = tradingDays(program.roll)
  const byDay = new Map<number, DayTrade[]>()
  for (const { at, r } of traded.inR) {
    const { start } = dayOf(at)
    const day = byDay.get(start) ?? []
    byDay.set(start, [...day, { r }])
  }
  return [...byDay.values()]
}
