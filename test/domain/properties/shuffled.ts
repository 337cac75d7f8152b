import { valueBook } from '../../../src/domain/book.ts'
import { adjust } from '../../../src/domain/governor/adjust.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import {
  buildLadder,
  capacityUnder,
  evaluateCeilings,
  roundDown,
  type Evaluated,
} from '../../../src/domain/governor/ladder.ts'
import { propose } from '../../../src/domain/governor/propose.ts'
import { resolve } from '../../../src/domain/governor/resolve.ts'
import { canonical, type Plain } from '../../../src/domain/kernel/canonical.ts'
import { larger, smaller, text, ZERO, type Dec } from '../../../src/domain/kernel/money.ts'
import type { Sizing } from '../../../src/domain/sizing/order.ts'
import { readOrder } from '../../../src/domain/sizing/read-order.ts'
import { methodById } from '../../../src/domain/sizing/registry.ts'
import type { Scenario } from '../../support/arbitraries.ts'
import { profileOf, type RawProfile } from '../../support/sizing-fixtures.ts'
import { must } from './cases.ts'

/** The ceilings of an order in another sequence leave the same quantity and the same ladder. */
export function shuffledCeilings(drawn: Scenario, sortKeys: readonly number[]): string {
  const sizing = sizingOf(drawn)
  if (sizing === null) return 'refused'
  const [context, method] = sizing
  const proposed = propose(context, method, drawn.profile).quantity ?? ZERO
  const { braked } = adjust(context, drawn.profile, proposed)
  const told = evaluateCeilings(context, drawn.profile)
  const shuffled = told
    .map((one, index) => ({ one, key: sortKeys[index] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one)
  const [inOrder, mixed] = [sizeUnder(told, braked, context), sizeUnder(shuffled, braked, context)]
  must(inOrder.eq(mixed), () => `${text(inOrder)} in order, ${text(mixed)} shuffled`)
  const ladders = [told, shuffled].map((evaluated) =>
    buildLadder(context, evaluated, inOrder, braked).map(({ allows }) => allows),
  )
  must(canonical(ladders[0] ?? []) === canonical(ladders[1] ?? []), () => 'the ladder depends on the order')
  return inOrder.isZero() ? 'zero' : 'sized'
}

/** A profile written in another sequence decides to the same bytes. */
export function shuffledProfile(drawn: Scenario, start: number): string {
  const decision = (profile: Scenario['profile']): string =>
    canonical(decide(drawn.inputs, valueBook(drawn.book), profile) as unknown as Plain)
  const mixed = profileOf(mixedUp(drawn.raw, draws(start)))
  must(decision(mixed) === decision(drawn.profile), () => 'the decision depends on the order of the profile')
  return 'the same'
}

function sizingOf({
  inputs,
  book,
  profile,
}: Scenario): readonly [Sizing, NonNullable<ReturnType<typeof methodById>>] | null {
  const order = readOrder(inputs.request)
  if (!order.ok) return null
  const method = methodById(order.value.method ?? inputs.strategy?.method ?? profile.method)
  if (method === undefined) return null
  const sizing = resolve(inputs, order.value, valueBook(book), profile, method)
  return sizing.ok ? [sizing.value, method] : null
}

function sizeUnder(evaluated: readonly Evaluated[], braked: Dec, { instrument }: Sizing): Dec {
  let capped = braked
  for (const one of evaluated) {
    const capacity = capacityUnder(one)
    if (capacity !== null) capped = smaller(capped, larger(capacity, ZERO))
  }
  return roundDown(capped, instrument.lotStep, evaluated)
}

/** A short-lived row of numbers to shuffle by. */
function draws(start: number): () => number {
  let state = start
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648)
}

/** The same settings with their keys in another order, at every depth. */
function mixedUp<T>(value: T, draw: () => number): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value as Record<string, unknown>).map(
    ([key, entry]) => [key, mixedUp(entry, draw), draw()] as const,
  )
  return Object.fromEntries(entries.sort((a, b) => a[2] - b[2])) as T & RawProfile
}
