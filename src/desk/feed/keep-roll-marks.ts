import type { Quote } from '../../domain/feed/quote.ts'
import { nextDayStart } from '../../domain/trading-day.ts'
import { StoreFault } from '../ports.ts'
import { programOf } from '../prop-firm-programs.ts'
import { givenProgram } from '../prop-firm-standing.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { middleOf } from './live-market.ts'

/**
 * Keeps the last good quotes before a trading day ends, the account's or the firm's, as prices of the book: quotes are not
 * kept, and the day that begins counts its loss from what was held then, also after a restart.
 */
export function keepRollMarks(workspace: Workspace): void {
  const { board } = workspace.market
  const newest = new Map<string, Quote>()
  let roll: number | undefined
  let seenAt = 0
  workspace.watch((what) => {
    if (what === 'book') newest.clear()
    if (what === 'book' || what === 'profile') roll = undefined
  })
  board.listen((symbol) => {
    if (workspace.openBook === undefined) return
    const now = workspace.now()
    // A replay begins in the past.
    if (now < seenAt) roll = undefined
    seenAt = now
    if (roll !== undefined && now >= roll) keepMarks(workspace, newest, roll)
    if (roll === undefined || now >= roll) roll = nextRoll(workspace, now)
    const quote = board.newest(symbol)
    if (quote !== undefined) newest.set(symbol, quote)
  })
}

function nextRoll(workspace: Workspace, now: number): number {
  const account = workspace.account()
  const given = givenProgram(workspace, account)
  const day = nextDayStart(now, account)
  if (given === null) return day
  try {
    return Math.min(day, nextDayStart(now, programOf(workspace, given.programId).roll))
  } catch (error) {
    // A program that cannot be read has no floors to measure, and nothing new is approved under it.
    if (!(error instanceof DeskRefusal)) throw error
    return day
  }
}

/** What is held and what its currency is worth, as of the last quotes before the roll. */
function keepMarks(workspace: Workspace, newest: ReadonlyMap<string, Quote>, roll: number): void {
  const { book } = workspace
  const held = new Set(book.holdings(workspace.account().accountId, workspace.now()).map(({ symbol }) => symbol))
  for (const [symbol, quote] of newest) {
    if (quote.at >= roll || (!held.has(symbol) && book.instrument(symbol)?.assetClass !== 'fx')) continue
    try {
      book.addMark({ symbol, price: middleOf(quote), at: quote.at, source: 'feed' })
    } catch (error) {
      // A price of that instant is there already, as after a restart of a replay: the first one stands.
      if (!(error instanceof StoreFault && error.code === 'CONFLICT')) throw error
    }
  }
}
