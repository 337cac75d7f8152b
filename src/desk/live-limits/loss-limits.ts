import type { ReasonCode } from '../../domain/kernel/reason.ts'
import { larger, readDecimal, readPositive, rounded, say, ZERO, type Dec } from '../../domain/kernel/money.ts'
import { dayFloor, maximumFloor } from '../../domain/prop-firm/floors.ts'
import type { Latch } from '../../domain/desk-state/latch.ts'
import type { BookKind, LimitBreachRecord } from '../ports.ts'
import { programOf } from '../prop-firm-programs.ts'
import { givenProgram, underProgram } from '../prop-firm-standing.ts'
import { standing } from '../standing.ts'
import { priceFreshness } from '../state/price-freshness.ts'
import { startingEquity } from '../studies.ts'
import type { Workspace } from '../workspace.ts'

/** One measurement of a loss limit: what is lost, open risk left aside. Amounts in account currency. */
export interface LossReading {
  readonly limit: string
  readonly title: string
  readonly code: ReasonCode
  readonly used: Dec
  readonly most: Dec
  readonly broken: boolean
  readonly fresh: boolean
  readonly says: string
}

const PERIODS = [
  ['daily_loss', 'Daily loss', 'day', 'DAILY_LOSS'],
  ['weekly_loss', 'Weekly loss', 'week', 'WEEKLY_LOSS'],
  ['monthly_loss', 'Monthly loss', 'month', 'MONTHLY_LOSS'],
] as const

const DRAWDOWNS = ['max_drawdown', 'trailing_drawdown'] as const
/** Rules that limit what may be lost. */
export const LOSS_RULES: ReadonlySet<string> = new Set([...PERIODS.map(([rule]) => rule), ...DRAWDOWNS, 'prop_firm'])

/**
 * Every loss limit of the profile and of the firm as it is used now; one whose figures are not known is left out, and stays
 * as it was. A sample book has a clock that stands still, so that its limits are shown and never confirmed.
 */
export function lossReadings(workspace: Workspace): readonly LossReading[] {
  const { book: ledger } = workspace
  if (ledger.info.kind === 'sample') return []
  const { account, profile, at } = standing(workspace)
  const equity = readDecimal(account.equity.value, 'account.equity')
  if (!equity.ok) return []
  const { fresh } = priceFreshness(workspace)
  const readings: LossReading[] = []
  const put = (limit: string, title: string, code: ReasonCode, used: Dec, most: Dec, broken = used.gte(most)): void => {
    if (most.lte(0)) return
    const says = `${title}: ${say(used)} of ${say(most)} ${account.currency} is lost.`
    readings.push({ limit, title, code, used, most, broken, fresh, says })
  }
  const shareOf = (rule: string): Dec | undefined =>
    (profile.ceilings.get(rule) as { readonly max: Dec } | undefined)?.max
  for (const [rule, title, period, code] of PERIODS) {
    const max = shareOf(rule)
    const opening = readPositive(account.openingEquity[period].value, 'opening')
    const flows = readDecimal(account.flows[period], 'flows')
    if (max === undefined || !opening.ok || !flows.ok) continue
    put(rule, title, code, lossFrom(opening.value.plus(flows.value), equity.value), opening.value.times(max))
  }
  const bases = [
    [DRAWDOWNS[0], 'Drawdown from the start', () => startingEquity(ledger, workspace.account(), at).value],
    [DRAWDOWNS[1], 'Drawdown from the peak', () => account.peakEquity.value],
  ] as const
  for (const [rule, title, baseOf] of bases) {
    const max = shareOf(rule)
    const base = max === undefined ? undefined : readPositive(baseOf(), 'base')
    if (max !== undefined && base?.ok === true)
      put(rule, title, 'DRAWDOWN', lossFrom(base.value, equity.value), base.value.times(max))
  }
  if (profile.ceilings.has('prop_firm')) for (const firm of firmFloors(workspace)) put(...firm)
  return readings
}

/**
 * Whether a look would find what the last one found: nothing but the ledger moves the limits of a book without quotes, and
 * no reading of it waits for another.
 */
export function isQuiet(kind: BookKind, { causes, readings }: Latch): boolean {
  if (kind === 'live' || causes.some((cause) => cause.kind === 'breach')) return false
  return !Object.values(readings).some((seen) => seen.includes('x'))
}

/** The record of a breach as a reading would have it, should it be confirmed. */
export function breachesOf(workspace: Workspace, reading: LossReading): readonly LimitBreachRecord[] {
  if (!reading.broken || !reading.fresh) return []
  const { limit, title, code, used, most, says } = reading
  const { options, posture } = workspace
  const record = { key: limit, title, code, at: posture.moment().wall, used: rounded(used), limit: rounded(most), says }
  return [{ ...record, breachId: options.ambient.newId(), acknowledgedAt: null, note: null }]
}

type Put = [limit: string, title: string, code: ReasonCode, used: Dec, most: Dec, broken: boolean]

function firmFloors(workspace: Workspace): readonly Put[] {
  const account = workspace.account()
  const given = givenProgram(workspace, account)
  if (given === null) return []
  const program = programOf(workspace, given.programId)
  const read = underProgram(workspace, account, program, given, workspace.readAt())
  if (!read.ok) return []
  const { history } = read.value
  const day = program.day === null ? undefined : dayFloor(program.day, history)
  const maximum = program.maximum === null ? undefined : maximumFloor(program.maximum, history)
  const puts: Put[] = []
  if (day?.ok === true) {
    const { base, floor, room, broken } = day.value
    const most = base.minus(floor)
    puts.push(['prop_firm:day', `${program.firm} day`, 'DAILY_LOSS', larger(most.minus(room), ZERO), most, broken])
  }
  if (maximum !== undefined) {
    const { base, floor, room, broken } = maximum
    const most = base.minus(floor)
    puts.push([
      'prop_firm:maximum',
      `${program.firm} maximum`,
      'DRAWDOWN',
      larger(most.minus(room), ZERO),
      most,
      broken,
    ])
  }
  return puts
}

function lossFrom(base: Dec, equity: Dec): Dec {
  return larger(base.minus(equity), ZERO)
}
