import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import type { DecisionBody } from '../../../src/domain/governor/decision.ts'
import { dec } from '../../../src/domain/kernel/money.ts'
import { BAD_TIMES, BAD_VALUES, KINDS, MISSING, type BadValue } from './bad-values.ts'
import { FIELDS, UNNEEDED, type Field } from './fields.ts'
import { GROUNDS, type Ground } from './grounds.ts'

interface Broken {
  readonly field: Field
  readonly bad: string
  readonly value: BadValue
}

const PAIRS = 20_000
const timed = (field: Field): boolean => field.path.endsWith('.at')
const valuesFor = (field: Field): readonly (readonly [string, BadValue])[] =>
  Object.entries(timed(field) ? BAD_TIMES : BAD_VALUES)
const all: readonly Broken[] = FIELDS.flatMap((field) =>
  valuesFor(field).map(([bad, value]) => ({ field, bad, value })),
)
const isSound = ({ field, bad }: Broken): boolean => (KINDS[field.kind].sound as readonly string[]).includes(bad)

describe('an input that is missing or broken', () => {
  it.each(Object.entries(GROUNDS))('matters: sound data of "%s" is sized', (_, ground) => {
    const decision = decide(ground.inputs, valueBook(ground.book), ground.profile)
    expect(dec(decision.quantity).gt(0), decision.says).toBe(true)
  })

  it('makes the size zero with a reason that names it', () => {
    const broken = all.filter((one) => !isSound(one))
    const wrong: string[] = []
    for (const one of broken) {
      const decision = attempt(one)
      if (decision instanceof Error) wrong.push(`${nameOf(one)}: throws ${decision.message}`)
      else if (decision.quantity !== '0' || decision.outcome !== 'rejected')
        wrong.push(`${nameOf(one)}: sized ${decision.quantity}`)
      else if (!decision.reasons.some(({ field = '' }) => isNamed(one.field, field))) {
        wrong.push(
          `${nameOf(one)}: names ${decision.reasons.map(({ code, field }) => `${code} ${field ?? ''}`).join(', ')}`,
        )
      }
    }
    console.info(
      `${broken.length} broken inputs of ${FIELDS.length} fields, ${all.length - broken.length} sound ones beside them`,
    )
    expect(wrong).toEqual([])
    expect(broken.length).toBeGreaterThanOrEqual(2_500)
  })

  it('is refused only where it is broken: sound values are read', () => {
    const sound = all.filter(isSound)
    for (const one of sound) {
      const decision = decideWith(GROUNDS[one.field.ground], [one])
      expect(KINDS[one.field.kind].why, nameOf(one)).not.toBe('')
      expect(dec(decision.quantity).gte(0), nameOf(one)).toBe(true)
    }
    expect(sound.length).toBeGreaterThan(100)
  })

  it('leaves the size alone where nothing depends on it', () => {
    const ground = GROUNDS['fixed risk']
    const { quantity } = decideWith(ground, [])
    let looked = 0
    for (const [path, why] of Object.entries(UNNEEDED)) {
      for (const [bad, value] of Object.entries(BAD_VALUES)) {
        const field: Field = { ground: 'fixed risk', path, kind: 'positive', names: '' }
        expect(decideWith(ground, [{ field, bad, value }]).quantity, `${path} is ${bad}, though ${why}`).toBe(quantity)
        looked += 1
      }
    }
    expect(looked).toBe(Object.keys(UNNEEDED).length * Object.keys(BAD_VALUES).length)
  })

  it('is not cured by a second one: 20,000 pairs size to zero', { timeout: 120_000 }, () => {
    const grounds = Object.keys(GROUNDS)
    const random = numbersFrom(Number(process.env['BALLAST_SEED'] ?? Date.now()))
    let ran = 0
    while (ran < PAIRS) {
      const ground = grounds[random(grounds.length)] ?? ''
      const here = all.filter(({ field }) => field.ground === ground)
      const [first, second] = [here[random(here.length)], here[random(here.length)]]
      if (first === undefined || second === undefined || overlap(first, second) || (isSound(first) && isSound(second)))
        continue
      const decision = decideWith(GROUNDS[ground], [first, second])
      if (!cured(first, second)) {
        expect(decision.quantity, `${nameOf(first)} and ${nameOf(second)}`).toBe('0')
        expect(decision.reasons.length).toBeGreaterThan(0)
      }
      ran += 1
    }
    console.info(`${ran} pairs of broken inputs`)
    expect(ran).toBe(PAIRS)
  })
})

function attempt(one: Broken): DecisionBody | Error {
  try {
    return decideWith(GROUNDS[one.field.ground], [one])
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown))
  }
}

/** Breaks a copy of sound data. */
function decideWith(ground: Ground | undefined, broken: readonly Broken[]): DecisionBody {
  if (ground === undefined) throw new Error('no such ground')
  const copy = { inputs: structuredClone(ground.inputs), book: structuredClone(ground.book) }
  for (const { field, value } of broken) {
    const keys = field.path.split('.')
    const last = keys.pop() ?? ''
    let at: unknown = copy
    for (const key of keys) at = (at as Record<string, unknown>)[key]
    const holder = at as Record<string, unknown>
    const made = value(holder[last])
    if (made !== MISSING) holder[last] = made
    else if (Array.isArray(holder)) holder.splice(Number(last), 1, undefined)
    else Reflect.deleteProperty(holder, last)
  }
  return decide(copy.inputs, valueBook(copy.book), ground.profile)
}

function isNamed({ names, shownBy = names }: Field, field: string): boolean {
  return field.startsWith(names) || field.startsWith(shownBy)
}

function nameOf({ field, bad }: Broken): string {
  return `${field.ground}: ${field.path} is ${bad}`
}

/** Whether one lies within the other, so that both cannot be broken. */
function overlap({ field: a }: Broken, { field: b }: Broken): boolean {
  return a.path === b.path || a.path.startsWith(`${b.path}.`) || b.path.startsWith(`${a.path}.`)
}

/** Sound values that take away the need for the other: an empty book needs no rates, an order without a strategy no budget. */
function cured(first: Broken, second: Broken): boolean {
  // The same words in two places are one name that both know.
  if (first.bad === second.bad && first.field.kind === 'name' && second.field.kind === 'name') return true
  const [sound, other] = isSound(first) ? [first, second] : [second, first]
  if (!isSound(sound)) return false
  const needs: Readonly<Record<string, string>> = {
    'book.positions': 'book.',
    'book.working': 'book.',
    'inputs.recent': 'inputs.recent',
    'inputs.request.method': '',
    'inputs.request.quantity': '',
    'inputs.strategy.method': '',
    'inputs.ask.value': 'inputs.bid.value',
    'inputs.bid.value': 'inputs.ask.value',
    'inputs.edge.wins': 'inputs.edge.mean',
    'inputs.edge.losses': 'inputs.edge.mean',
  }
  const prefix = needs[sound.field.path]
  return prefix !== undefined && other.field.path.startsWith(prefix)
}

/** Whole numbers below a bound from a seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
