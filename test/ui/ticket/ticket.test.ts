import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OrderRequest } from '../../../src/contract/sizing.ts'
import { Ticket, type TicketDesk } from '../../../src/ui/ticket/ticket.svelte.ts'
import { aDecision, aRecorded, someFacts } from './decisions.ts'

interface Asked {
  readonly request: OrderRequest
  readonly answer: (decision: ReturnType<typeof aDecision>) => void
}

/** A desk whose previews are answered by hand, in any order. */
function handDesk() {
  const asked: Asked[] = []
  const decided: { request: OrderRequest; decisionId: string }[] = []
  const fail = { next: false }
  const client = {
    sizing: {
      preview: ({ request }: { request: OrderRequest }) =>
        new Promise((resolve) => asked.push({ request, answer: resolve })),
      decide: (call: { request: OrderRequest; decisionId: string }) => {
        decided.push(call)
        if (fail.next) {
          fail.next = false
          return Promise.reject(new Error('socket closed'))
        }
        return Promise.resolve(aRecorded({ decisionId: call.decisionId }))
      },
      methods: () => Promise.resolve([]),
    },
    market: {
      instruments: () => Promise.resolve([someFacts().instrument, { ...someFacts().instrument, symbol: 'NQ' }]),
      strategies: () => Promise.resolve([]),
      facts: ({ symbol }: { symbol: string }) => Promise.resolve(someFacts(symbol)),
      bars: () => Promise.reject(new Error('no bars')),
    },
    profile: { get: () => Promise.reject(new Error('no profile')) },
  }
  const book = { bookId: 'b', name: 'B', kind: 'paper', file: 'b', clock: null, open: true, fault: null } as const
  const desk = { client, book, equity: '103420' } as unknown as TicketDesk
  return { desk, asked, decided, fail }
}

async function tick(): Promise<void> {
  await vi.advanceTimersByTimeAsync(60)
}

beforeEach(() => {
  vi.useFakeTimers()
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  })
  return () => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
})

describe('the ticket while one types', () => {
  it('asks once for a burst of typing, within 60 ms', async () => {
    const { desk, asked } = handDesk()
    const ticket = new Ticket(desk)
    ticket.symbol = 'MESZ6'
    for (const stop of ['4', '49', '499', '4998.25']) {
      ticket.stop = stop
      ticket.askSoon()
    }
    await tick()
    expect(asked.map(({ request }) => request.stop)).toEqual(['4998.25'])
  })

  it('drops an answer that comes after a later question was asked', async () => {
    const { desk, asked } = handDesk()
    const ticket = new Ticket(desk)
    ticket.symbol = 'MESZ6'
    void ticket.ask()
    void ticket.ask()
    asked[1]?.answer(aDecision({ quantity: '2' }))
    await tick()
    asked[0]?.answer(aDecision({ quantity: '1' }))
    await tick()
    expect(ticket.decision?.quantity).toBe('2')
  })

  it('sends text that is no number as it is, so that it is refused and not left out', () => {
    const { desk } = handDesk()
    const ticket = new Ticket(desk)
    ticket.leaveUnread('stop', '49x')
    ticket.leaveUnread('quantity', '1,234')
    expect(ticket.request).toMatchObject({ stop: '49x', quantity: '1,234', target: null })
  })

  it('shows what the desk says of a field only where something was typed', async () => {
    const { desk, asked } = handDesk()
    const ticket = new Ticket(desk)
    ticket.symbol = 'MESZ6'
    void ticket.ask()
    const says = 'The stop is above the entry.'
    asked[0]?.answer(aDecision({ reasons: [{ code: 'STOP_WRONG_SIDE', says, field: 'request.stop' }] }))
    await tick()
    expect(ticket.faultOf('stop')).toBeUndefined()
    ticket.stop = '5014'
    expect(ticket.faultOf('stop')).toBe(says)
  })

  it('takes the last price for the entry of a new instrument and forgets the prices of the old one', async () => {
    const { desk } = handDesk()
    const ticket = new Ticket(desk)
    await ticket.choose('MESZ6')
    ticket.stop = '4998.25'
    ticket.leaveUnread('target', 'x')
    await ticket.choose('NQ')
    expect(ticket.request).toMatchObject({ symbol: 'NQ', entry: '5012', stop: null, target: null })
  })

  it('takes the last price even where the pickers are loaded while the instrument is looked up', async () => {
    const { desk } = handDesk()
    const ticket = new Ticket(desk)
    await Promise.all([ticket.choose('MESZ6'), ticket.load()])
    expect(ticket.request).toMatchObject({ symbol: 'MESZ6', entry: '5012' })
  })

  it('goes back to the instrument the book was left at', async () => {
    const { desk } = handDesk()
    await new Ticket(desk).choose('NQ')
    const next = new Ticket(desk)
    await next.load()
    expect(next.symbol).toBe('NQ')
  })
})

describe('risk in units', () => {
  it('is the same risk in every unit, and never more than was typed', async () => {
    const { desk } = handDesk()
    const ticket = new Ticket(desk)
    await ticket.choose('MESZ6')
    ticket.risk = '0.5'
    expect(ticket.request.risk).toBe('0.005')
    ticket.cycleUnit(1)
    expect([ticket.unit, ticket.risk]).toEqual(['money', '517.1'])
    ticket.risk = '100'
    const fraction = Number(ticket.request.risk)
    expect(fraction * 103420).toBeLessThanOrEqual(100)
    expect(fraction * 103420).toBeGreaterThan(99.9999)
    ticket.cycleUnit(1)
    expect([ticket.unit, ticket.risk]).toEqual(['ticks', '80'])
  })

  it('offers no unit whose worth is not known', async () => {
    const { desk } = handDesk()
    const ticket = new Ticket({ ...desk, client: desk.client, equity: undefined })
    await ticket.choose('MESZ6')
    for (let press = 0; press < 4; press++) ticket.cycleUnit(1)
    expect(ticket.unit).toBe('percent')
    expect(ticket.worth.money).toBeUndefined()
  })

  it('sends a risk it cannot convert as text, so that it is refused', () => {
    const { desk } = handDesk()
    const ticket = new Ticket({ ...desk, client: desk.client, equity: undefined })
    ticket.unit = 'money'
    ticket.risk = '100'
    expect(ticket.request.risk).toBe('100 money')
  })
})

describe('recording', () => {
  it('records one order once, however often it is asked to', async () => {
    const { desk, decided } = handDesk()
    const ticket = new Ticket(desk)
    ticket.symbol = 'MESZ6'
    await Promise.all([ticket.record(), ticket.record()])
    await ticket.record()
    expect(decided).toHaveLength(1)
    expect(ticket.recorded?.decisionId).toBe(decided[0]?.decisionId)
  })

  it('uses the same id again after a broken line, and a new one after an edit', async () => {
    const { desk, asked, decided, fail } = handDesk()
    const ticket = new Ticket(desk)
    ticket.symbol = 'MESZ6'
    fail.next = true
    await ticket.record()
    expect(ticket.recorded).toBeUndefined()
    expect(ticket.refusal?.code).toBe('CONNECTION_LOST')
    await ticket.record()
    expect(decided[1]?.decisionId).toBe(decided[0]?.decisionId)
    ticket.askSoon()
    expect(ticket.recorded).toBeUndefined()
    await tick()
    asked[0]?.answer(aDecision())
    await ticket.record()
    expect(decided).toHaveLength(3)
    expect(decided[2]?.decisionId).not.toBe(decided[0]?.decisionId)
  })

  it('waits for the answer on the order as it stands before it records', async () => {
    const { desk, asked, decided } = handDesk()
    const ticket = new Ticket(desk)
    ticket.symbol = 'MESZ6'
    ticket.stop = '4998.25'
    ticket.askSoon()
    const recording = ticket.record()
    await tick()
    expect(decided).toHaveLength(0)
    asked[0]?.answer(aDecision({}))
    await recording
    expect(decided.map(({ request }) => request.stop)).toEqual(['4998.25'])
  })
})
