import { describe, expect, it } from 'vitest'
import type { Cause } from '../../../src/domain/desk-state/cause.ts'
import { deskState } from '../../../src/domain/desk-state/latch.ts'
import { beginning, CAUSES, FORCES, keyOf, OTHERS, RANK, TIMES, type Act, type World } from './explored-desk.ts'

interface Explored {
  readonly states: number
  readonly steps: number
  readonly cleared: ReadonlyMap<string, number>
  readonly seen: ReadonlySet<string>
}

/** Every order of acts to a depth; worlds that are the same in all that matters are gone through once. */
function explore(acts: Readonly<Record<string, Act>>, depth: number): Explored {
  const known = new Set([keyOf(beginning())])
  const cleared = new Map<string, number>()
  const seen = new Set<string>()
  const list = Object.entries(acts)
  let layer = [beginning()]
  let steps = 0
  for (let level = 0; level < depth; level += 1) {
    const next: World[] = []
    for (const world of layer) {
      for (const [name, act] of list) {
        const after = act(world)
        steps += 1
        check(world, name, after, cleared)
        const key = keyOf(after)
        if (known.has(key)) continue
        known.add(key)
        seen.add(deskState(after.posture.latch))
        next.push(after)
      }
    }
    layer = next
  }
  return { states: known.size, steps, cleared, seen }
}

function must(holds: boolean, before: World, name: string, after: World, promise: string): void {
  if (!holds) throw new Error(`${promise}: ${name}\n${JSON.stringify(before)}\n${JSON.stringify(after)}`)
}

function check(before: World, name: string, after: World, cleared: Map<string, number>): void {
  const [old, now] = [before.posture.latch, after.posture.latch]
  const state = deskState(now)
  const strictest = Math.max(0, ...now.causes.map(({ kind }) => RANK[FORCES[kind] ?? 'FAULT']))
  must(RANK[state] === strictest, before, name, after, 'the strictest cause holds')
  const gone = old.causes.filter(({ id }) => !now.causes.some((cause) => cause.id === id))
  if (RANK[state] < RANK[deskState(old)])
    must(gone.length > 0, before, name, after, 'nothing is looser without a cause gone')
  for (const cause of gone) {
    cleared.set(cause.kind, (cleared.get(cause.kind) ?? 0) + 1)
    must(mayGo(cause, before, name, after), before, name, after, `${cause.kind} went without its conditions`)
  }
  must(now.clock.proven <= after.real, before, name, after, 'no instant is proven before it has come')
  must(now.session.number - old.session.number <= 1, before, name, after, 'one look is one roll at most')
  must(now.session.start <= after.real, before, name, after, 'no session begins early')
  const { arming } = after.posture
  if (arming.armed) {
    must(state === 'NORMAL' || state === 'REDUCE_ONLY', before, name, after, 'a restricted desk is disarmed')
    must(!now.causes.some(({ id }) => id === 'prices' || id === 'clock'), before, name, after, 'an armed desk is sure')
    must(before.posture.arming.armed || name === 'arm', before, name, after, 'nothing arms but arming')
    must(before.posture.arming.armed || state === 'NORMAL', before, name, after, 'it arms in NORMAL')
  }
}

/** What each cause needs to go, from the world and the act alone. */
function mayGo(cause: Cause, before: World, name: string, after: World): boolean {
  const { latch, arming } = before.posture
  // Not before the instant it names, nor before the time it was asked for has been lived through.
  if (cause.kind === 'lock') return after.real >= Math.min(cause.until, before.lockedFor)
  if (name !== `release ${cause.id.split(':')[0] ?? ''}`) return false
  if (cause.kind === 'fault') return cause.restarted && cause.verified
  if (latch.freshInRow < 1) return false
  if (cause.kind === 'breach') return latch.session.number > cause.session && latch.readings['day'] === 'oo'
  if (cause.kind === 'clock') return latch.clock.last.wall <= latch.clock.proven + 60_000
  if ('holds' in cause) return !cause.holds
  return cause.kind === 'reduce' || !arming.armed
}

const full = process.env['BALLAST_EXPLORE'] === 'all'
const limit = { timeout: 3_600_000 }

function report(name: string, { states, steps, cleared }: Explored): void {
  const each = [...cleared].map(([kind, count]) => `${kind} ${count}`).join(', ')
  console.info(`${name}: ${states} states, ${steps} steps; cleared: ${each}`)
}

describe('explored in every order, no state is looser without its conditions', () => {
  it('by what restricts and releases, eight steps deep', limit, () => {
    const found = explore(CAUSES, 8)
    report('causes', found)
    expect([...found.cleared.keys()].sort()).toEqual(['difference', 'fault', 'halt', 'prices', 'reduce'])
    expect(found.states).toBeGreaterThan(100)
  })

  it('by clocks, sleep, boots, lock-outs and sessions, eight steps deep', limit, () => {
    const found = explore(TIMES, 8)
    report('times', found)
    expect([...found.cleared.keys()].sort()).toEqual(['breach', 'clock', 'lock', 'prices'])
    expect(found.states).toBeGreaterThan(1_000)
  })

  it('by all of them together, in fewer steps', limit, () => {
    const found = explore({ ...CAUSES, ...TIMES }, full ? 8 : 4)
    report('together', found)
    expect(found.states).toBeGreaterThan(2_000)
  })

  it('and with what behaves like something explored', limit, () => {
    const found = explore({ ...CAUSES, ...TIMES, ...OTHERS }, full ? 8 : 4)
    report('all', found)
    expect(found.states).toBeGreaterThan(5_000)
  })
})
