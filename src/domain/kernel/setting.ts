import { readDecimal, say, text, type Dec } from './money.ts'
import { reason, type Reason } from './reason.ts'
import { err, ok, type Result } from './result.ts'

/** What a form shows a setting as. */
export type SettingKind = 'fraction' | 'number' | 'money' | 'quantity' | 'milliseconds' | 'choice' | 'switch' | 'table'

/** Which way a setting is the stricter one; where neither is, every change counts as a loosening. */
export type Stricter = 'lower' | 'higher' | 'neither'

/** One setting of a method or rule: how it reads, what it means, what is allowed. */
export interface Setting<T> {
  readonly kind: SettingKind
  readonly title: string
  readonly help: string
  readonly least: string | null
  readonly most: string | null
  /** Choices from the stricter to the looser end where `stricter` is `lower`, the other way round where it is `higher`. */
  readonly choices: readonly string[]
  /** Which way a limit made of this setting allows less: `lower` unless its rule says otherwise. */
  readonly stricter: Stricter
  /** Of a table, the setting beside it that counts for a name that is not in the table. */
  readonly absent?: string
  /** Of a number, whether `least` itself is refused. */
  readonly above?: boolean
  /** Of a number, whether it must be whole. */
  readonly whole?: boolean
  /** Reads a raw value of a profile; `field` names it in the sentence. */
  read(raw: unknown, field: string): Result<T, Reason>
}

/** Settings by name. */
export type Settings = Readonly<Record<string, Setting<unknown>>>

/** The values that settings read to. */
export type Values<S extends Settings> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never }

interface Range {
  readonly title: string
  readonly help: string
  readonly least: string
  readonly most: string
  /** Whether `least` itself is refused. */
  readonly above?: boolean
  readonly stricter?: Stricter
}

interface WholeRange {
  readonly title: string
  readonly help: string
  readonly least: number
  readonly most: number
  readonly stricter?: Stricter
}

/** A share of something: 0.02 is 2 %. Values beyond the range are refused, with a hint where per cent were typed. */
export const fraction = (range: Range): Setting<Dec> => decimal('fraction', range)
/** A number without a unit. */
export const number = (range: Range): Setting<Dec> => decimal('number', range)
/** An amount in account currency. */
export const amount = (range: Range): Setting<Dec> => decimal('money', range)
/** Units of an instrument. */
export const units = (range: Range): Setting<Dec> => decimal('quantity', range)

/** A whole number within a range. */
export function count(range: WholeRange): Setting<number> {
  return whole('number', range)
}

/** A duration in milliseconds within a range. */
export function milliseconds(range: WholeRange): Setting<number> {
  return whole('milliseconds', range)
}

/** One of a few words; with `stricter: 'lower'` they stand from the strictest on. */
export function choice<const T extends string>(
  choices: readonly T[],
  title: string,
  help: string,
  stricter: Stricter = 'neither',
): Setting<T> {
  return {
    kind: 'choice',
    title,
    help,
    least: null,
    most: null,
    choices,
    stricter,
    read(raw, field) {
      const found = choices.find((word) => word === raw)
      if (found !== undefined) return ok(found)
      return err(
        reason(
          raw === undefined ? 'INPUT_MISSING' : 'INPUT_OUT_OF_RANGE',
          `${field} must be one of ${choices.join(', ')}.`,
          field,
        ),
      )
    },
  }
}

/** Shares by name, for example the caps of clusters; may be empty. */
export function capTable(range: {
  title: string
  help: string
  least: string
  most: string
  absent?: string
}): Setting<ReadonlyMap<string, Dec>> {
  const share = fraction(range)
  return {
    kind: 'table',
    title: range.title,
    help: range.help,
    least: range.least,
    most: range.most,
    choices: [],
    stricter: 'lower',
    ...(range.absent === undefined ? {} : { absent: range.absent }),
    read(raw, field) {
      if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
        return err(
          reason('INPUT_MALFORMED', `${field} must be a table of names and shares, {} where there is none.`, field),
        )
      }
      const table = new Map<string, Dec>()
      for (const [name, value] of Object.entries(raw)) {
        const read = share.read(value, `${field}.${name}`)
        if (!read.ok) return read
        table.set(name, read.value)
      }
      return ok(table)
    },
  }
}

/** True or false; `stricter: 'lower'` says that false is the stricter. */
export function toggle(title: string, help: string, stricter: Stricter = 'neither'): Setting<boolean> {
  return {
    kind: 'switch',
    title,
    help,
    least: null,
    most: null,
    choices: ['false', 'true'],
    stricter,
    read(raw, field) {
      if (raw === true || raw === 'true') return ok(true)
      if (raw === false || raw === 'false') return ok(false)
      return err(
        reason(raw === undefined ? 'INPUT_MISSING' : 'INPUT_MALFORMED', `${field} must be true or false.`, field),
      )
    },
  }
}

function decimal(
  kind: SettingKind,
  { title, help, least, most, above = false, stricter = 'lower' }: Range,
): Setting<Dec> {
  return {
    kind,
    title,
    help,
    least,
    most,
    choices: [],
    stricter,
    above,
    read(raw, field) {
      const read = readDecimal(raw, field)
      if (!read.ok) return read
      const low = above ? read.value.lte(least) : read.value.lt(least)
      if (!low && read.value.lte(most)) return read
      const hint =
        kind === 'fraction' && read.value.gt(most) && read.value.lte(100)
          ? ` Shares are fractions: ${text(read.value)} % is ${text(read.value.div(100))}.`
          : ''
      return err(
        reason(
          kind === 'fraction' && hint !== '' ? 'UNIT_MISMATCH' : 'INPUT_OUT_OF_RANGE',
          `${field} is ${say(read.value, Math.min(read.value.decimalPlaces(), 8))}: it must be ${above ? 'above' : 'at least'} ${least} and at most ${most}.${hint}`,
          field,
        ),
      )
    },
  }
}

function whole(kind: SettingKind, { title, help, least, most, stricter = 'lower' }: WholeRange): Setting<number> {
  return {
    kind,
    title,
    help,
    least: String(least),
    most: String(most),
    choices: [],
    stricter,
    whole: true,
    read(raw, field) {
      const read = readDecimal(raw, field)
      if (!read.ok) return read
      if (read.value.isInteger() && read.value.gte(least) && read.value.lte(most)) return ok(read.value.toNumber())
      return err(
        reason(
          'INPUT_OUT_OF_RANGE',
          `${field} is ${text(read.value)}: it must be a whole number from ${least} to ${most}.`,
          field,
        ),
      )
    },
  }
}
