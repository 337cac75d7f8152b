/** A valid input of one call, the members it may lack, and the members whose text has no length worth exceeding. */
export interface ValidInput {
  readonly valid: Readonly<Record<string, unknown>>
  readonly optional?: readonly string[]
  readonly longText?: readonly string[]
}

/** Whole numbers from a seed, the same on every machine. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}

class Impostor {
  readonly foreign = 1
}

/** Roots that are no plain object of the call. */
const ROOTS: readonly unknown[] = [
  null,
  0,
  -0,
  1e308,
  NaN,
  Infinity,
  true,
  '',
  'text',
  '{"request":{}}',
  [],
  [{}],
  12n,
  Symbol('x'),
  () => 1,
  new Impostor(),
]

/** Names no call knows, some of them with a meaning to the language. */
const STRANGE = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'ok',
  'Symbol',
  'request ',
  '\u0000',
  'ﬀ',
  '💥',
  'a'.repeat(5_000),
]

/** What stands in for one value and is never right for text, numbers, choices or switches. */
const SCALARS: readonly (() => unknown)[] = [
  () => ({}),
  () => ({ a: 1 }),
  () => [[1, 2]],
  () => NaN,
  () => Infinity,
  () => -Infinity,
  () => () => 1,
  () => Symbol('x'),
  () => new Map([[1, 2]]),
  () => deep(2_000),
  () => Object.create(null) as unknown,
]

/** What stands in for a list or a group of members. */
const GROUPS: readonly (() => unknown)[] = [
  () => 'text',
  () => 7,
  () => NaN,
  () => false,
  () => () => 1,
  () => [Symbol('x')],
]

/** One payload that breaks the shape of a call, and what was done to it. */
export function malformed(input: ValidInput, pick: (below: number) => number): { payload: unknown; how: string } {
  const optional = new Set(input.optional)
  const required = Object.keys(input.valid).filter((key) => !optional.has(key))
  const way = pick(10)
  if (way === 0) {
    const at = pick(ROOTS.length)
    return { payload: ROOTS[at], how: `root ${at}` }
  }
  const copy = structuredClone(input.valid) as Record<string, unknown>
  if (way === 1 && required.length > 0) {
    const gone = required[pick(required.length)] ?? ''
    return { payload: Object.fromEntries(Object.entries(copy).filter(([key]) => key !== gone)), how: `without ${gone}` }
  }
  if (way <= 3) {
    const name = STRANGE[pick(STRANGE.length)] ?? ''
    const holder = groupsOf(copy)[pick(groupsOf(copy).length)] ?? copy
    Object.defineProperty(holder, name, { value: pick(1_000), enumerable: true, configurable: true, writable: true })
    return { payload: copy, how: `with ${name.slice(0, 20)}` }
  }
  const places = placesOf(copy)
  const place = places[pick(places.length)]
  if (place === undefined) return { payload: null, how: 'root null' }
  const held = place.holder[place.key]
  const isGroup = typeof held === 'object' && held !== null
  const choices = isGroup ? GROUPS : SCALARS
  const at = pick(choices.length)
  place.holder[place.key] = choices[at]?.()
  return { payload: copy, how: `${place.key} as ${isGroup ? 'group' : 'scalar'} ${at}` }
}

interface Place {
  readonly holder: Record<string, unknown>
  readonly key: string
}

function placesOf(record: Record<string, unknown>): Place[] {
  return Object.keys(record).flatMap((key) => {
    const value = record[key]
    const here = { holder: record, key }
    return isOpen(value) ? [here, ...placesOf(value)] : [here]
  })
}

/** The record itself and the groups in it, all of which know their members. */
function groupsOf(record: Record<string, unknown>): Record<string, unknown>[] {
  return [record, ...Object.values(record).filter(isOpen)]
}

function isOpen(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function deep(levels: number): unknown {
  let nested: unknown = 1
  for (let n = 0; n < levels; n++) nested = { a: nested }
  return nested
}
