import { describe, expect, it } from 'vitest'
import type { OrderView } from '../../../src/contract/trading/order.ts'
import { Approval, type ApprovalSource } from '../../../src/ui/live/approval.svelte.ts'
import { TicketActs } from '../../../src/ui/live/ticket-acts.svelte.ts'
import type { TicketActsSource, TicketWay } from '../../../src/ui/live/unusual-order.svelte.ts'
import { aDecision } from '../ticket/decisions.ts'

type Ticket = ConstructorParameters<typeof Approval>[0] & { records: number }

/** A ticket whose decision is recorded under one id. */
function aTicket(outcome: 'approved' | 'rejected' = 'approved'): Ticket {
  const decision = aDecision({ outcome })
  const ticket = {
    decision,
    recorded: undefined as Ticket['recorded'],
    records: 0,
    record() {
      ticket.records += 1
      ticket.recorded = { ...decision, decisionId: 'made-1' } as unknown as Ticket['recorded']
      return Promise.resolve(ticket.recorded)
    },
  }
  return ticket
}

function aDesk(refuse = false) {
  const asked: unknown[] = []
  const order = { decisionId: 'made-1', says: 'sent' } as OrderView
  const approve = (input: unknown) => {
    asked.push(input)
    return refuse ? Promise.reject(new Error('socket closed')) : Promise.resolve(order)
  }
  const unusual = () => Promise.resolve([])
  const beginApproval = () => Promise.resolve({ confirmation: 'press-1', holdFor: 600 })
  const client = { trading: { approve, unusual, beginApproval } }
  return { asked, source: { client, windowId: 'window-1' } as unknown as ApprovalSource }
}

describe('an approval', () => {
  it('records first, then sends that decision, once', async () => {
    const ticket = aTicket()
    const { asked, source } = aDesk()
    const approval = new Approval(ticket, source)
    await Promise.all([approval.approve(), approval.approve()])
    await approval.approve()
    expect(ticket.records).toBe(1)
    expect(asked).toEqual([{ decisionId: 'made-1', orLess: false }])
  })

  it('sends nothing for a refused decision, and records it', async () => {
    const ticket = aTicket('rejected')
    const { asked, source } = aDesk()
    await new Approval(ticket, source).approve()
    expect([ticket.records, asked]).toEqual([1, []])
  })

  it('says why an order was not sent', async () => {
    const approval = new Approval(aTicket(), aDesk(true).source)
    await approval.approve()
    expect(approval.order).toBeUndefined()
    expect(approval.refusal?.code).toBe('CONNECTION_LOST')
  })
})

describe('Ctrl+Enter', () => {
  const acts = (way: TicketWay, outcome?: 'rejected') => {
    const ticket = aTicket(outcome)
    const { asked, source } = aDesk()
    const both: TicketActsSource = Object.assign(source, { way })
    return { ticket, asked, acts: new TicketActs(ticket, both) }
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve))

  it('records alone where nothing may be sent', async () => {
    const { ticket, asked, acts: one } = acts('record')
    one.down()
    await settle()
    expect([ticket.records, asked.length]).toEqual([1, 0])
  })

  it('approves on paper at once', async () => {
    const { asked, acts: one } = acts('paper')
    one.down()
    one.down()
    await settle()
    expect(asked).toHaveLength(1)
  })

  it('only begins a hold in a live book, and records a refusal there', async () => {
    const live = acts('live')
    await live.acts.unusual.look()
    live.acts.down()
    await settle()
    expect([live.ticket.records, live.asked.length, live.acts.hold.isHeld]).toEqual([0, 0, true])
    live.acts.hold.forget()
    const refused = acts('live', 'rejected')
    refused.acts.down()
    await settle()
    expect([refused.ticket.records, refused.asked.length]).toEqual([1, 0])
  })
})
