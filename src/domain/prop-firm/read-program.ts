import { readDecimal, type Dec } from '../kernel/money.ts'
import { readSettings } from '../kernel/read-settings.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { amount, choice, count, fraction, toggle, type Setting, type Settings } from '../kernel/setting.ts'
import { isTimeZone } from '../trading-day.ts'
import {
  AMOUNTS,
  CONSEQUENCES,
  COUNTS,
  DAY_BASES,
  FLOOR_KINDS,
  TOUCHES,
  type LossRule,
  type Program,
} from './program.ts'

const SOURCED = {
  source: matching('Source', 'The page or paper the figure was read in.', /\S/, 'a few words'),
  read: matching('Read on', 'The day the figure was read.', /^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-08-20'),
}
const LOSS = {
  amount: amount({
    title: 'Amount',
    help: 'A share, or money where amountOf says so.',
    least: '0',
    most: '1000000000',
    above: true,
  }),
  amountOf: choice(AMOUNTS, 'Amount of', 'What the amount is a share of; money is an amount itself.'),
  counts: choice(COUNTS, 'Counts', 'Whether profit counts once it is closed, or while it floats too.'),
  touch: choice(TOUCHES, 'Touch', 'Whether the floor itself is a breach already.'),
  consequence: choice(CONSEQUENCES, 'Consequence', 'What happens when the rule is broken.'),
  ...SOURCED,
}
const DAY = { base: choice(DAY_BASES, 'Base', 'What the day’s limit is counted from.'), ...LOSS }
const MAXIMUM = {
  floor: choice(FLOOR_KINDS, 'Floor', 'How the floor moves.'),
  locksAbove: lock(),
  ...LOSS,
}
const TARGET = {
  phase: matching('Phase', 'Name of the phase.', /\S/, 'a few words'),
  share: fraction({ title: 'Target', help: 'Profit as a share of the initial balance.', least: '0', most: '1' }),
  leastDays: count({ title: 'Least days', help: 'Days with a trade.', least: 0, most: 365 }),
  ...SOURCED,
}
const CONSISTENCY = {
  share: fraction({
    title: 'Best day',
    help: 'Most of all profit that one day may be.',
    least: '0',
    most: '1',
    above: true,
  }),
  ...SOURCED,
}
const HEAD = {
  id: matching('Id', 'Short name, as the file.', /^[a-z0-9-]{2,60}$/, 'small letters, digits and hyphens'),
  firm: matching('Firm', 'Name of the firm.', /\S/, 'a few words'),
  title: matching('Program', 'Name of the program.', /\S/, 'a few words'),
  says: matching('Says', 'The rules in a sentence.', /\S/, 'a sentence'),
  verified: toggle('Verified', 'Whether the figures are the firm’s own.'),
}
const ROLL = {
  time: matching('Time', 'Local time of the roll.', /^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 17:00'),
  zone: matching('Zone', 'Named time zone.', /\S/, 'a time zone such as America/New_York'),
}
const KEYS = ['schema', ...Object.keys(HEAD), 'roll', 'day', 'maximum', 'targets', 'consistency']

/** Reads a program; every fault is answered at once with its dotted path. A rule the program lacks is the word `none`. */
export function readProgram(raw: unknown): Result<Program, readonly Reason[]> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return err([reason('LIMITS_MISSING', 'The program is empty: it must hold its rules.', 'program')])
  const given = raw as Readonly<Record<string, unknown>>
  const faults: Reason[] = Object.keys(given)
    .filter((key) => !KEYS.includes(key))
    .map((key) => reason('INPUT_OUT_OF_RANGE', `${key} is not a part of a program; known are ${KEYS.join(', ')}.`, key))
  if (given['schema'] !== 1) faults.push(reason('VERSION_MIX', 'schema must be 1.', 'schema'))
  const part = <S extends Settings>(settings: S, value: unknown, field: string) => {
    const read = readSettings(settings, value, field)
    if (read.ok) return read.value
    faults.push(...read.error.map((fault) => (field === '' ? atTop(fault) : fault)))
    return undefined
  }
  const orNone = <T>(key: string, read: (value: unknown) => T): T | null =>
    given[key] === 'none' ? null : read(given[key])
  const head = part(HEAD, Object.fromEntries(Object.keys(HEAD).map((key) => [key, given[key]])), '')
  const roll = part(ROLL, given['roll'], 'roll')
  if (roll !== undefined && !isTimeZone(roll.zone))
    faults.push(
      reason('INPUT_OUT_OF_RANGE', `roll.zone is ${roll.zone}: use a name such as America/New_York.`, 'roll.zone'),
    )
  const day = orNone('day', (value) => part(DAY, value, 'day'))
  const maximum = orNone('maximum', (value) => part(MAXIMUM, value, 'maximum'))
  const consistency = orNone('consistency', (value) => part(CONSISTENCY, value, 'consistency'))
  const listed = given['targets']
  if (!Array.isArray(listed))
    faults.push(reason('INPUT_MISSING', 'targets must list the phases, [] where there is none.', 'targets'))
  const targets = (Array.isArray(listed) ? listed : []).flatMap(
    (value: unknown, index) => part(TARGET, value, `targets.${index}`) ?? [],
  )
  for (const [field, rule] of [
    ['day', day],
    ['maximum', maximum],
  ] as const)
    if (rule?.amountOf !== undefined && rule.amountOf !== 'money' && rule.amount.gte(1))
      faults.push(notAShare(field, rule))
  if (faults.length > 0 || head === undefined || roll === undefined) return err(faults)
  if (day === undefined || maximum === undefined || consistency === undefined) return err(faults)
  return ok({ ...head, roll: { timeZone: roll.zone, dayRoll: roll.time }, day, maximum, targets, consistency })
}

function notAShare(field: string, { amount: share }: Pick<LossRule, 'amount'>): Reason {
  const says = `${field}.amount is ${share.toFixed()}, not a share below 1. Shares are fractions: 5 % is 0.05; money needs amountOf: money.`
  return reason('UNIT_MISMATCH', says, `${field}.amount`)
}

/** The head's settings stand at the top of the file, not in a group. */
function atTop({ code, says, field }: Reason): Reason {
  return reason(code, says.replace(/^\./, ''), field?.replace(/^\./, ''))
}

function matching(title: string, help: string, pattern: RegExp, wanted: string): Setting<string> {
  return {
    ...choice([], title, help),
    read(raw, field) {
      if (typeof raw === 'string' && pattern.test(raw)) return ok(raw)
      const code = raw === undefined ? 'INPUT_MISSING' : 'INPUT_MALFORMED'
      return err(reason(code, `${field} must be ${wanted}.`, field))
    },
  }
}

/** An amount above the initial balance, or the word `never`. */
function lock(): Setting<Dec | null> {
  return {
    ...choice([], 'Locks above the start', 'The floor rises no further than this above the initial balance.'),
    read: (raw, field) => (raw === 'never' ? ok(null) : readDecimal(raw, field)),
  }
}
