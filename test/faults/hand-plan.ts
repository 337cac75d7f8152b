import { EMPTY, share } from '../desk/trading-room.ts'
import { Dice } from '../support/history-count.ts'
import type { DayAct } from './day-plan.ts'
import type { ReplayedDay } from './replayed-day.ts'

const WINDOW = 'window-1'
const SYMBOL = 'AAPL'

/** Makes a live book whose orders a person carries to a terminal. Answers its path. */
export async function makeHandDay({ calls, workspace }: ReplayedDay): Promise<string> {
  await calls.books.create({ ...EMPTY, name: 'Live', kind: 'live', equity: '100000' })
  await calls.market.saveInstrument(share(SYMBOL))
  return workspace.book.info.path
}

/** The acts of a live day by hand: arming, held approvals, typed fills and cancels, halts and releases. */
export function handPlanOf(seed: number): readonly DayAct[] {
  const dice = new Dice(seed * 6_007 + 3)
  const acts: DayAct[] = [quotes('100'), arms()]
  while (acts.length < 90) {
    const name = `hand-${seed}-${String(acts.length).padStart(4, '0')}`
    const drawn = dice.below(100)
    if (drawn < 30) acts.push(quotes('99.6'), ...orders(dice, name))
    else if (drawn < 45) acts.push(takes(name))
    else if (drawn < 65) acts.push(fills(name, String(1 + dice.below(12))))
    else if (drawn < 72) acts.push(cancels())
    else if (drawn < 77) acts.push(gone())
    else if (drawn < 83) acts.push(exits(name))
    else if (drawn < 85) acts.push(act(async ({ calls }) => (await calls.state.halt({ reason: name })).state))
    else if (drawn < 87) acts.push(act(async ({ calls }) => (await calls.state.stopAddingRisk({ reason: name })).state))
    else if (drawn < 88) acts.push(act(async ({ calls }) => String((await calls.state.disarm({})).arming.armed)))
    else acts.push(quotes((99 + dice.below(200) / 100).toFixed(2)), arms())
  }
  return acts
}

/** Types fresh quotes until they are believed, as a feed by hand does. */
function quotes(price: string): DayAct {
  return act(async ({ calls, workspace, pass }) => {
    for (let quote = 0; quote < 4; quote += 1) {
      pass(50)
      await calls.feed.typeQuote({ symbol: SYMBOL, bid: price, ask: price })
      workspace.posture.look()
    }
    workspace.posture.tick()
    return workspace.posture.state ?? 'none'
  })
}

/** Reconciles, loosens what may be, and arms the window where it is not armed. */
function arms(): DayAct {
  const does = act(async ({ calls, workspace }) => {
    const positions = (await calls.trading.positions()).map(({ symbol, quantity }) => ({ symbol, quantity }))
    await calls.trading.reconcile({ complete: true, positions })
    const { causes } = await calls.state.get()
    await Promise.allSettled(causes.map(({ id }) => calls.state.loosen({ cause: id, reason: 'The plan allows it.' })))
    if ((await calls.state.get()).arming.armed) return 'armed'
    const lastFour = workspace.account().accountId.slice(-4)
    const { arming } = await calls.state.arm({ lastFour, minutes: 30, windowId: WINDOW })
    return String(arming.armed)
  })
  return { ...does, loosens: true }
}

function orders(dice: Dice, decisionId: string): readonly DayAct[] {
  const request = {
    symbol: SYMBOL,
    side: 'buy',
    entry: '99.5',
    stop: '95',
    quantity: String(1 + dice.below(30)),
  } as const
  return [
    act(async ({ calls }) => {
      const { outcome, quantity } = await calls.sizing.decide({ request, decisionId })
      return `${outcome} ${quantity}`
    }),
    act(async ({ calls, pass }) => {
      const { quantity } = (await calls.decisions.get({ decisionId })).decision
      const held = await calls.trading.beginApproval({ windowId: WINDOW, symbol: SYMBOL, side: 'buy', quantity })
      pass(held.holdFor)
      await calls.state.heartbeat({ windowId: WINDOW })
      const approval = { decisionId, orLess: true, confirmation: held.confirmation, typedQuantity: quantity }
      const { stage, filled } = await calls.trading.approve(approval)
      return `${stage} ${filled}`
    }),
  ]
}

/** The terminal took the order that is to be entered, under a number of its own. */
function takes(brokerId: string): DayAct {
  return withTicket('open', async ({ calls }, clientId) => {
    return (await calls.trading.typeTaken({ clientId, brokerId })).stage
  })
}

function fills(executionId: string, quantity: string): DayAct {
  return act(async ({ calls, workspace }) => {
    const [order] = await calls.trading.orders({ open: true })
    if (order === undefined) return 'none'
    const { clientId } = order
    const fill = { clientId, executionId, quantity, price: '99.4', fee: '1', feeCurrency: 'USD', at: workspace.now() }
    const { stage, filled } = await calls.trading.typeFill(fill)
    return `${stage} ${filled}`
  })
}

function cancels(): DayAct {
  return act(async ({ calls }) => {
    const [order] = await calls.trading.orders({ open: true })
    return order === undefined ? 'none' : (await calls.trading.cancel({ clientId: order.clientId })).stage
  })
}

/** The terminal took an order out that was to be cancelled. */
function gone(): DayAct {
  return withTicket('cancel', async ({ calls }, clientId) => {
    return (await calls.trading.typeCancelled({ clientId })).stage
  })
}

function exits(exitId: string): DayAct {
  return act(async ({ calls }) => {
    return (await calls.trading.exit({ exitId, symbol: SYMBOL, strategy: null, quantity: '3' })).stage
  })
}

function withTicket(task: 'open' | 'cancel', does: (day: ReplayedDay, clientId: string) => Promise<string>): DayAct {
  return act(async (day) => {
    const found = (await day.calls.trading.tickets()).find((ticket) => ticket.task === task)
    return found === undefined ? 'none' : does(day, found.order.clientId)
  })
}

/** An act of a window that lives. */
function act(does: (day: ReplayedDay) => Promise<string>): DayAct {
  return {
    loosens: false,
    does: async (day) => {
      await day.calls.state.heartbeat({ windowId: WINDOW })
      return does(day)
    },
  }
}
