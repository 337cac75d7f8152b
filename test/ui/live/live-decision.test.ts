import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdMs, secondPressMs } from '../../../src/ui/live/hold-press.svelte.ts'
import { historyCount } from '../../support/history-count.ts'
import { HandClock } from './hand-clock.ts'
import { LiveTicket } from './live-ticket.svelte.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))
const unusual = [{ kind: 'first', says: 'This is the first trade in MESZ6.' }] as const

/** What a hand, a keyboard and a network may do. Waits are milliseconds. */
const act = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'down' as const }) },
  { weight: 4, arbitrary: fc.constant({ do: 'up' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'repeat' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'double' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'blur' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'edit' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'type' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'refuse' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('arm' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('slow' as const), ms: fc.constantFrom(0, 5, 90, 700) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('strange' as const), on: fc.boolean() }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.oneof(
        fc.constantFrom(1, holdMs - 1, holdMs, holdMs + 1, secondPressMs - holdMs, secondPressMs),
        fc.integer({ min: 1, max: 4_000 }),
      ),
    }),
  },
)
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

/** One time the key was down, on which order. */
interface Press {
  readonly order: number
  readonly from: number
  until: number | undefined
  /** Whether the book was armed for this window. */
  readonly armed: boolean
}

/** A hand at the keys of a live ticket, and what it has pressed as a bystander would write it down. */
class Hand {
  readonly clock = new HandClock()
  readonly ticket = new LiveTicket(this.clock)
  readonly presses: Press[] = []
  #pressed: Press | undefined

  async play(acts: readonly Act[]): Promise<void> {
    await this.ticket.acts.unusual.look()
    for (const one of acts) {
      this.#do(one)
      await settle()
    }
    this.#up()
    for (let rest = 0; rest < 6; rest += 1) {
      this.clock.turn(1_000)
      await settle()
    }
  }

  /** Whether the hand did on an order what approves it: held for 0.6 s, or pressed twice 0.6 to 3 s apart. */
  meant(order: number): boolean {
    const own = this.presses.filter((press) => press.order === order && press.armed)
    return own.some(
      ({ from, until }, at) =>
        (until ?? this.clock.now()) - from >= holdMs ||
        own.slice(at + 1).some((later) => later.from - from >= holdMs && later.from - from <= secondPressMs),
    )
  }

  #do(one: Act): void {
    const { ticket, clock } = this
    switch (one.do) {
      case 'down':
      case 'repeat':
        this.#down()
        return
      case 'up':
        this.#up()
        return
      case 'double':
        this.#down()
        this.#up()
        this.#down()
        return
      case 'blur':
        this.#end()
        ticket.acts.hold.release()
        return
      case 'edit':
        this.#end()
        ticket.edit()
        return
      case 'type':
        ticket.acts.unusual.typed = ticket.decision?.quantity ?? ''
        return
      case 'refuse':
        ticket.refuses = true
        return
      case 'arm':
        this.#end()
        ticket.arm(one.on)
        return
      case 'slow':
        ticket.delay = one.ms
        return
      case 'strange':
        ticket.reasons = one.on ? unusual : []
        return
      case 'wait':
        clock.turn(one.ms)
    }
  }

  #down(): void {
    if (this.#pressed === undefined) {
      const armed = this.ticket.way === 'live'
      this.#pressed = { order: this.ticket.order, from: this.clock.now(), until: undefined, armed }
      this.presses.push(this.#pressed)
    }
    this.ticket.acts.down()
  }

  #up(): void {
    this.#end()
    this.ticket.acts.up({ key: 'Enter' } as KeyboardEvent)
  }

  #end(): void {
    if (this.#pressed !== undefined) this.#pressed.until = this.clock.now()
    this.#pressed = undefined
  }
}

describe('approving live, whatever hand, keyboard and network do', () => {
  it('makes one order of one decision at most, and none that was not held for or pressed twice', async () => {
    let sent = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), async (acts) => {
        const hand = new Hand()
        await hand.play(acts)
        const { ticket } = hand
        expect(new Set(ticket.orders).size).toBe(ticket.orders.length)
        const used = ticket.sent.map(({ confirmation }) => confirmation)
        expect(new Set(used).size).toBe(used.length)
        for (const { at, decisionId, confirmation, typedQuantity } of ticket.sent) {
          const order = Number(decisionId.replace('made-', ''))
          expect(hand.meant(order)).toBe(true)
          const press = ticket.heard.find((one) => one.confirmation === confirmation)
          expect(press?.order).toBe(order)
          expect(at - (press?.at ?? at)).toBeGreaterThanOrEqual(holdMs)
          if (typedQuantity !== undefined) expect(typedQuantity).toBe(String(10 + order))
        }
        sent += ticket.orders.length
        refused += ticket.sent.length - ticket.orders.length
      }),
      { numRuns: historyCount(10_000) },
    )
    // The histories are of some use: orders were sent in many, and refused in some.
    expect(sent).toBeGreaterThan(1_000)
    expect(refused).toBeGreaterThan(50)
  }, 240_000)
})

describe('an unusual live order', () => {
  const strange = async (): Promise<Hand> => {
    const hand = new Hand()
    hand.ticket.reasons = unusual
    hand.ticket.edit()
    await settle()
    return hand
  }
  const holdFully = async ({ ticket, clock }: Hand): Promise<void> => {
    ticket.acts.down()
    await settle()
    clock.turn(holdMs + 100)
    await settle()
    ticket.acts.up({ key: 'Enter' } as KeyboardEvent)
    clock.turn(100)
    await settle()
  }

  it('takes no hold before its size is typed, and asks for it instead', async () => {
    const hand = await strange()
    const { acts, sent } = hand.ticket
    expect(acts.mayHold).toBe(false)
    await holdFully(hand)
    acts.unusual.typed = '10'
    await holdFully(hand)
    expect([sent.length, acts.unusual.asked]).toEqual([0, 2])
    acts.unusual.typed = '11.0'
    await holdFully(hand)
    expect(sent).toMatchObject([{ decisionId: 'made-1', typedQuantity: '11.0' }])
  })

  it('forgets a size that was typed for another order', async () => {
    const hand = await strange()
    const { acts } = hand.ticket
    acts.unusual.typed = '11'
    expect(acts.mayHold).toBe(true)
    hand.ticket.edit()
    await settle()
    expect([acts.unusual.typed, acts.mayHold]).toEqual(['', false])
  })
})
