import type { OddsInput, OddsResult } from '../../contract/simulation/odds.ts'
import { dec, readDecimal, readPositive, rounded, toFloat } from '../../domain/kernel/money.ts'
import type { Program } from '../../domain/prop-firm/program.ts'
import { type AccountMarks, freshMarks } from '../../domain/simulation/prop-firm/loss-rule.ts'
import type { PropFirmPlan } from '../../domain/simulation/prop-firm/plan.ts'
import type { AccountRecord } from '../ports.ts'
import type { AccountUnderProgram } from '../prop-firm-history.ts'
import { programOf } from '../prop-firm-programs.ts'
import { givenProgram, type GivenProgram, underProgram } from '../prop-firm-standing.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { raisedMarks } from './program-rules.ts'
import { accepted } from './read-figures.ts'

/** An account under a program from where it stands, as the simulation begins with it. */
export interface StartingAccount extends Pick<
  PropFirmPlan,
  'marks' | 'daysTraded' | 'tradedToday' | 'bestDay' | 'target' | 'minimumDays'
> {
  readonly program: Program
  readonly phase: string | null
  readonly from: OddsResult['from']
}

/** The account of the open book as it stands under its program, or a fresh one where a program and a balance are given. */
export function startingAccount(workspace: Workspace, input: OddsInput): StartingAccount {
  const account = workspace.openBook === undefined ? undefined : workspace.account()
  const given = account === undefined ? null : givenProgram(workspace, account)
  const programId = input.programId ?? given?.programId
  if (programId === undefined) {
    const says = 'The account has no prop-firm program: give it one, or name one with its initial balance.'
    throw new DeskRefusal('INPUT_MISSING', says, 'programId')
  }
  const program = programOf(workspace, programId)
  const own = given?.programId === programId && input.initial === undefined
  return own && account !== undefined
    ? asItStands(workspace, account, program, given)
    : fresh(program, account?.currency ?? 'USD', input.initial)
}

function fresh(program: Program, currency: string, initial: string | undefined): StartingAccount {
  const balance = accepted(readPositive(initial, 'initial'))
  const [first] = program.targets
  const text = rounded(balance)
  return {
    program,
    marks: freshMarks(toFloat(balance)),
    daysTraded: 0,
    tradedToday: false,
    bestDay: 0,
    ...targetOf(first),
    from: {
      currency,
      initial: text,
      balance: text,
      equity: text,
      daysTraded: 0,
      fresh: true,
      says: `A fresh account of ${text} ${currency}.`,
    },
  }
}

function asItStands(
  workspace: Workspace,
  account: AccountRecord,
  program: Program,
  given: GivenProgram,
): StartingAccount {
  const read = underProgram(workspace, account, program, given, workspace.readAt())
  if (!read.ok) throw new DeskRefusal('INPUT_MISSING', read.says, 'programId')
  const { history, dayProfits, tradedDays, lastRollAt } = read.value
  const { accountId, currency } = account
  const today = workspace.book.trades(accountId, { from: lastRollAt + 1, to: workspace.now() })
  const stated = { floor: floatOf(given.floor), dayFloor: floatOf(given.dayFloor) }
  const made = dayProfits.reduce((sum, profit) => sum.plus(profit), dec('0'))
  const next = program.targets.find(
    ({ share, leastDays }) => made.lt(history.initial.times(share)) || tradedDays < leastDays,
  )
  return {
    program,
    marks: raisedMarks(program, marksOf(program, read.value), stated),
    daysTraded: tradedDays - (today.length > 0 ? 1 : 0),
    tradedToday: today.length > 0,
    bestDay: Math.max(0, ...dayProfits.slice(0, -1).map(toFloat)),
    ...targetOf(next),
    from: {
      currency,
      initial: rounded(history.initial),
      balance: rounded(history.balance),
      equity: rounded(history.equity),
      daysTraded: tradedDays,
      fresh: false,
      says: `The account as it stands: balance ${rounded(history.balance)} ${currency}, ${tradedDays} days traded.`,
    },
  }
}

function targetOf(
  target: Program['targets'][number] | undefined,
): Pick<StartingAccount, 'target' | 'minimumDays' | 'phase'> {
  return target === undefined
    ? { target: null, minimumDays: 0, phase: null }
    : { target: toFloat(target.share), minimumDays: target.leastDays, phase: target.phase }
}

function marksOf(program: Program, { history }: AccountUnderProgram): AccountMarks {
  const { initial, rolls, balance, equity, peakBalance, peakEquity, dayPeakEquity } = history
  const last = rolls.at(-1) ?? { balance: initial, equity: initial }
  const needsEquity = program.day?.base === 'equity_at_roll' || program.day?.base === 'greater_at_roll'
  if (needsEquity && last.equity === null) {
    const says = 'The equity at the start of the firm’s day is not known, because a price is missing there: type it.'
    throw new DeskRefusal('INPUT_MISSING', says, 'account.equityAtRoll')
  }
  return {
    initialBalance: toFloat(initial),
    balance: toFloat(balance),
    equity: toFloat(equity),
    balanceAtRoll: toFloat(last.balance),
    equityAtRoll: toFloat(last.equity ?? last.balance),
    dayPeakEquity: toFloat(dayPeakEquity),
    peakEndOfDayBalance: Math.max(toFloat(initial), ...rolls.map((roll) => toFloat(roll.balance))),
    peakBalance: toFloat(peakBalance),
    peakEquity: toFloat(peakEquity),
  }
}

function floatOf(text: string | null): number | null {
  return text === null ? null : toFloat(accepted(readDecimal(text, 'propFirm.floor')))
}
