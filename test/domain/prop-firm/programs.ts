import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { dec, type Dec } from '../../../src/domain/kernel/money.ts'
import type { FirmHistory } from '../../../src/domain/prop-firm/history.ts'
import type { DayRule, MaximumRule, Program } from '../../../src/domain/prop-firm/program.ts'
import { readProgram } from '../../../src/domain/prop-firm/read-program.ts'

const folder = new URL('../../../resources/prop-firms/', import.meta.url)

/** Names of the shipped programs, as their files. */
export const PROGRAM_NAMES = readdirSync(fileURLToPath(folder)).map((name) => name.replace(/\.yaml$/, ''))

/** A shipped program as plain data. */
export function rawProgram(name: string): Record<string, unknown> {
  return parse(readFileSync(fileURLToPath(new URL(`${name}.yaml`, folder)), 'utf8')) as Record<string, unknown>
}

/** A shipped program. */
export function program(name: string): Program {
  const read = readProgram(rawProgram(name))
  if (!read.ok) throw new Error(read.error.map(({ says }) => says).join('\n'))
  return read.value
}

/** The daily rule of a shipped program. */
export function dayRule(name: string): DayRule {
  const { day } = program(name)
  if (day === null) throw new Error(`${name} has no daily rule`)
  return day
}

/** The maximum-loss rule of a shipped program. */
export function maximumRule(name: string): MaximumRule {
  const { maximum } = program(name)
  if (maximum === null) throw new Error(`${name} has no maximum rule`)
  return maximum
}

interface Told {
  readonly initial: number
  /** Balances at the rolls, oldest first; or balance and equity. */
  readonly rolls?: readonly (number | readonly [number, number | null])[]
  readonly balance?: number
  readonly equity?: number
  readonly peakBalance?: number
  readonly peakEquity?: number
  readonly dayPeakEquity?: number
}

/** A history from plain numbers; what is not told is the initial balance, or the last known one. */
export function history(told: Told): FirmHistory {
  const rolls = (told.rolls ?? []).map((roll, index) => {
    const [balance, equity] = typeof roll === 'number' ? [roll, roll] : roll
    return { at: index, balance: dec(balance), equity: equity === null ? null : dec(equity) }
  })
  const value = (number: number | undefined, fallback: Dec): Dec => (number === undefined ? fallback : dec(number))
  const balance = value(
    told.balance,
    rolls.reduce((_, roll) => roll.balance, dec(told.initial)),
  )
  const equity = value(told.equity, balance)
  return {
    initial: dec(told.initial),
    rolls,
    balance,
    equity,
    peakBalance: value(told.peakBalance, balance),
    peakEquity: value(told.peakEquity, equity),
    dayPeakEquity: value(told.dayPeakEquity, equity),
  }
}
