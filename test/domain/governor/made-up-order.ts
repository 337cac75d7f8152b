import type { DecisionBody } from '../../../src/domain/governor/decision.ts'
import {
  searchEdge,
  type Found,
  type Piece,
  type Probe,
  type SearchSpace,
} from '../../../src/domain/governor/invert-search.ts'
import { dec } from '../../../src/domain/kernel/money.ts'

const WANTED = 10

/** A made-up order: what each rule leaves at a step, which checks block there, and whether it is sized at all. */
export interface Made {
  /** `undefined` where the rule is not there at a step. */
  readonly rooms: Readonly<Record<string, (step: number) => number | null | undefined>>
  readonly blocks?: Readonly<Record<string, (step: number) => boolean>>
  readonly sized?: (step: number) => boolean
  /** Units that rounding takes off. */
  readonly lost?: (step: number) => number
}

/** What the made-up order says at a step. */
export function probeAt({ rooms, blocks = {}, sized = () => true, lost = () => 0 }: Made, step: number): Probe {
  if (!sized(step))
    return {
      body: { quantity: '0' } as DecisionBody,
      reached: false,
      sized: false,
      room: new Map(),
      short: [],
      blocked: [],
    }
  const left = Object.entries(rooms).flatMap(([rule, room]): [string, number | null][] => {
    const found = room(step)
    return found === undefined ? [] : [[rule, found]]
  })
  const least = left.reduce((low, [, room]) => (room === null ? low : Math.min(low, room)), 1e9)
  const blocked = Object.keys(blocks).filter((rule) => blocks[rule]?.(step) === true)
  const size = Math.max(0, least - lost(step))
  return {
    body: { quantity: String(blocked.length > 0 ? 0 : size) } as DecisionBody,
    reached: blocked.length === 0 && size >= WANTED,
    sized: true,
    room: new Map(left.map(([rule, room]) => [rule, room === null ? null : dec(room)])),
    short: left.flatMap(([rule, room]) => (room !== null && room < WANTED ? [rule] : [])),
    blocked,
  }
}

/** The search along a made-up order, with how often it looked. */
export function search(
  made: Made,
  told: Partial<SearchSpace> & { readonly pieces: readonly Piece[] },
): { found: Found; looks: number } {
  let looks = 0
  const look = (step: number): Probe => {
    looks++
    return probeAt(made, step)
  }
  const found = searchEdge({ wanted: 'least', present: null, guess: null, passes: () => 0, look, ...told })
  return { found, looks }
}

/** A limit that leaves the quantity from a step on. */
export const rising = (from: number) => (step: number) => (step >= from ? 20 : 5) + step / 1e10
/** A limit that leaves the quantity up to a step. */
export const falling = (to: number) => (step: number) => (step <= to ? 20 : 5) - step / 1e10
