import { DAY, NOW } from '../../support/sizing-fixtures.ts'

/** A value that must not be sized by, made from the sound one it stands for; `MISSING` takes the member away. */
export type BadValue = (sound: unknown) => unknown

/** Takes the member away. */
export const MISSING = Symbol('missing')

/** Converts to text only by throwing, as a hostile snapshot may. */
const HOSTILE = { toString: 1, valueOf: null }

/** Every way an input can be broken, by name. */
export const BAD_VALUES: Readonly<Record<string, BadValue>> = {
  missing: () => MISSING,
  null: () => null,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  '-Infinity': () => Number.NEGATIVE_INFINITY,
  '"NaN"': () => 'NaN',
  '"Infinity"': () => 'Infinity',
  '"-Infinity"': () => '-Infinity',
  '-0': () => -0,
  '"-0"': () => '-0',
  '0': () => 0,
  '"0"': () => '0',
  negative: () => -5,
  '"negative"': () => '-5',
  text: () => 'abc',
  'trailing text': (sound) => `${String(sound)} lots`,
  'thousands comma': () => '1,234',
  '1e308': () => 1e308,
  '"1e308"': () => '1e308',
  empty: () => '',
  blank: () => '   ',
  list: () => [],
  object: () => ({}),
  hostile: () => HOSTILE,
}

/** Ways a time can be wrong beside those. */
export const BAD_TIMES: Readonly<Record<string, BadValue>> = {
  ...BAD_VALUES,
  stale: () => NOW - 40 * DAY,
  future: () => NOW + 3_600_000,
  'as text': () => String(NOW),
}

const UNSET = ['missing', 'null', 'empty']
const ZEROS = ['-0', '"-0"', '0', '"0"']
const BELOW = ['negative', '"negative"']
const WORDS = [
  '"NaN"',
  '"Infinity"',
  '"-Infinity"',
  '"-0"',
  '"0"',
  '"negative"',
  'text',
  'trailing text',
  'thousands comma',
  '"1e308"',
]
const NAMES = [...WORDS, 'blank']

/** What an input may be: the names of the values above that are sound for it, and why. */
export const KINDS = {
  positive: { sound: [], why: '' },
  nonNegative: { sound: ZEROS, why: 'zero is a sound value' },
  signed: { sound: [...ZEROS, ...BELOW], why: 'zero and negative amounts are sound values' },
  nonZero: { sound: BELOW, why: 'a negative value is sound' },
  positiveOrNone: { sound: ['null'], why: 'null says that there is none' },
  nonNegativeOrNone: { sound: ['null', ...ZEROS], why: 'null says that there is none, zero is sound' },
  nonNegativeIfAny: { sound: ['missing', 'null', ...ZEROS], why: 'a record may not say it; zero is sound' },
  positiveIfAny: { sound: ['missing', 'null'], why: 'a record may not say it' },
  unsetPositive: { sound: UNSET, why: 'a request may leave it unset' },
  unsetSigned: { sound: [...UNSET, ...ZEROS, ...BELOW], why: 'a request may leave it unset; it may have either sign' },
  unsetNonNegative: { sound: [...UNSET, ...ZEROS], why: 'a request may leave it unset; zero is sound' },
  unsetStrength: {
    sound: [...UNSET, ...ZEROS],
    why: 'a request may leave it unset; a signal of zero sizes to zero by its own rule',
  },
  unsetName: { sound: UNSET, why: 'a request may leave it unset' },
  name: { sound: [], why: '' },
  nameOrNone: { sound: ['null', 'empty', ...NAMES], why: 'a position may have no strategy, or any name' },
  anyName: { sound: NAMES, why: 'any name will do' },
  text: { sound: ['empty', ...NAMES], why: 'any words will do' },
  toggle: { sound: [], why: '' },
  count: { sound: ['-0', '0'], why: 'a count may be zero' },
  instant: { sound: [], why: '' },
  anyAge: { sound: ['stale', '-0', '0', 'negative'], why: 'a peak stays one however old it is' },
  now: {
    sound: ['stale', 'future'],
    why: 'another instant makes the readings stale or future ones, which name themselves',
  },
  group: { sound: [], why: '' },
  groupOrNone: { sound: ['null'], why: 'null says that there is none' },
  list: { sound: ['list'], why: 'an empty list says that there is none' },
  restOfList: { sound: [], why: '' },
} as const satisfies Readonly<Record<string, { readonly sound: readonly string[]; readonly why: string }>>

/** Names of kinds. */
export type Kind = keyof typeof KINDS
