import type { Bar } from '../../src/domain/ledger/records.ts'
import { EMPTY, share } from '../desk/trading-room.ts'
import { Dice } from '../support/history-count.ts'
import { handPlanOf, makeHandDay } from './hand-plan.ts'
import type { ReplayedDay } from './replayed-day.ts'

/** One thing a trader or a machine does in a day, and how it ended in a word. Asked for again it does what is left of it. */
export interface DayAct {
  /** Whether it may leave the desk looser than before. */
  readonly loosens: boolean
  does(day: ReplayedDay): Promise<string>
}

const SYMBOLS = ['AAPL', 'MSFT'] as const
type DaySymbol = (typeof SYMBOLS)[number]

/** Monday, 2026-02-02, 21:25 UTC: the trading day ends in New York 35 minutes later. */
const BEGIN = Date.UTC(2026, 1, 2, 21, 25)
const MINUTES = 60
const QUOTES_A_MINUTE = 8

/** Closes by minute: two shares that wander, and lose a quarter of their price at one moment between two minutes. */
function closesOf(seed: number): Readonly<Record<DaySymbol, readonly number[]>> {
  const dice = new Dice(seed)
  const gap = 24 + dice.below(9)
  const walk = (from: number): number[] => {
    let cents = from
    return Array.from({ length: MINUTES + 1 }, (_, minute) => {
      cents = Math.round(cents * (1 + (dice.below(600) - 300) / 100_000) * (minute === gap ? 0.75 : 1))
      return cents
    })
  }
  return { AAPL: walk(10_000), MSFT: walk(5_000) }
}

const price = (cents: number): string => (cents / 100).toFixed(2)

/** Days that a desk goes through: how their book is made, answering its path, and what is done in them, from a seed. */
export const DAYS = {
  'replayed on paper': { make: makeDay, planOf },
  'live by hand': { make: makeHandDay, planOf: handPlanOf },
} as const
/** One of the kinds of days. */
export type DayKind = keyof typeof DAYS

/** A paper book with two shares and their bars. */
async function makeDay(day: ReplayedDay, seed: number): Promise<string> {
  const { workspace, calls } = day
  await calls.books.create({ ...EMPTY, equity: null })
  const at = workspace.now()
  const closes = closesOf(seed)
  const bars = SYMBOLS.flatMap((symbol) =>
    Array.from({ length: MINUTES }, (_, minute): Bar => {
      const [from = 0, to = 0] = closes[symbol].slice(minute, minute + 2)
      // A gap lies between two bars: the bar after it opens where it closes.
      const open = to < from * 0.9 ? to : from
      return {
        symbol,
        interval: '1m',
        at: BEGIN + minute * 60_000,
        open: price(open),
        high: price(Math.max(open, to) + 3),
        low: price(Math.min(open, to) - 3),
        close: price(to),
        volume: '10000',
      }
    }),
  )
  for (const symbol of SYMBOLS)
    workspace.book.saveInstrument(share(symbol, { spread: '0.02', commissionPerUnit: '0.01' }), at)
  const rows = { instruments: [], fills: [], trades: [], cashFlows: [], marks: [], rates: [], skipped: [] }
  const file = { batchId: 'bars-0001', fileName: 'bars.csv', fileHash: '0'.repeat(64), format: 'csv-bars' }
  workspace.book.importBatch({ ...file, ...rows, at, accountId: workspace.account().accountId, bars })
  workspace.changed('ledger')
  return workspace.book.info.path
}

/** Orders with brackets, exits, halts, lock-outs, flattening, and quotes between them. */
function planOf(seed: number): readonly DayAct[] {
  const dice = new Dice(seed * 7_919 + 1)
  const closes = closesOf(seed)
  const acts: DayAct[] = [begins(), plays(QUOTES_A_MINUTE * 2)]
  const orders: string[] = []
  let quotes = QUOTES_A_MINUTE * 2
  while (quotes < MINUTES * QUOTES_A_MINUTE) {
    const symbol = dice.pick(SYMBOLS)
    const now = closes[symbol][Math.floor(quotes / QUOTES_A_MINUTE)] ?? 0
    const name = `act-${seed}-${String(acts.length).padStart(4, '0')}`
    const drawn = dice.below(100)
    if (drawn < 32) {
      quotes += 1 + dice.below(28)
      acts.push(plays(quotes))
    } else if (drawn < 56) {
      orders.push(name)
      acts.push(...ordersAt(dice, name, symbol, now))
    } else if (drawn < 63) acts.push(cancels(orders.slice(-6)))
    else if (drawn < 71) acts.push(moves(symbol, price(Math.round(now * 0.998))))
    else if (drawn < 79) acts.push(exits(name, symbol, dice.pick([null, '5', '25'])))
    else if (drawn < 86) acts.push(looks())
    else if (drawn < 90) acts.push(loosens())
    else {
      // Most of what restricts a day is looked at soon, and loosened.
      acts.push(restrictsOf(name)[drawn - 90] ?? flattens(name), plays((quotes += 1 + dice.below(6))))
      if (dice.below(5) > 0) acts.push(loosens())
    }
  }
  return acts
}

function begins(): DayAct {
  const wanted = { interval: '1m', speed: 'stepped', equity: '100000', seed: 5 } as const
  return act(async ({ calls }) => {
    const { replay } = await calls.feed.status()
    return replay.state === 'none'
      ? (await calls.feed.startReplay({ ...wanted, symbols: [...SYMBOLS] })).state
      : replay.state
  })
}

/** Plays up to the n-th quote of the day, however many were played before. */
function plays(until: number): DayAct {
  return act(async ({ calls }) => {
    const { replay } = await calls.feed.status()
    const left = Math.min(until, replay.quotes) - replay.taken
    return String((left > 0 ? await calls.feed.step({ quotes: left }) : replay).taken)
  })
}

function ordersAt(dice: Dice, decisionId: string, symbol: DaySymbol, now: number): readonly DayAct[] {
  const entry = dice.below(2) === 0 ? null : Math.round(now * (1 - dice.below(40) / 10_000))
  const from = entry ?? now
  const request = {
    symbol,
    side: 'buy',
    entry: entry === null ? 'market' : price(entry),
    stop: price(Math.round(from * (0.97 + dice.below(20) / 1_000))),
    target: dice.below(3) === 0 ? null : price(Math.round(from * (1.005 + dice.below(20) / 1_000))),
    quantity: dice.below(2) === 0 ? null : String(1 + dice.below(60)),
  } as const
  const twice = dice.below(3) === 0
  return [
    act(async ({ calls }) => {
      const { outcome, quantity, reasons } = await calls.sizing.decide({ request, decisionId })
      return `${outcome} ${quantity} ${reasons[0]?.code ?? ''}`
    }),
    act(async ({ calls }) => {
      const approve = () => calls.trading.approve({ decisionId, orLess: true })
      const [{ stage, filled }] = await (twice ? Promise.all([approve(), approve()]) : Promise.all([approve()]))
      return `${stage} ${filled}`
    }),
  ]
}

function cancels(of: readonly string[]): DayAct {
  return act(async ({ calls }) => {
    const open = await calls.trading.orders({ open: true })
    const found = open.find(({ decisionId, role }) => role === 'entry' && of.includes(decisionId))
    return found === undefined ? 'none' : (await calls.trading.cancel({ clientId: found.clientId })).stage
  })
}

/** Moves a protective stop nearer to the market. */
function moves(symbol: DaySymbol, stop: string): DayAct {
  return act(async ({ calls }) => {
    const open = await calls.trading.orders({ open: true })
    const found = open.find((order) => order.role === 'protect' && order.kind === 'stop' && order.symbol === symbol)
    if (found === undefined) return 'none'
    const { trigger, stage } = await calls.trading.replaceStop({ clientId: found.clientId, stop })
    return `${stage} ${trigger}`
  })
}

function exits(exitId: string, symbol: DaySymbol, quantity: string | null): DayAct {
  return act(async ({ calls }) => {
    const { stage, filled } = await calls.trading.exit({ exitId, symbol, strategy: null, quantity })
    return `${stage} ${filled}`
  })
}

/** Looks at prices and limits as often as confirms a breach, as a window that stays open does. */
function looks(): DayAct {
  return act(async ({ calls, workspace }) => {
    for (let look = 0; look < 4; look += 1) workspace.posture.look()
    workspace.posture.tick()
    workspace.book.settle()
    const { dayProfit } = await calls.limits.live()
    return `${dayProfit}`
  })
}

function restrictsOf(reason: string): readonly DayAct[] {
  const restricts = (does: (day: ReplayedDay) => Promise<{ readonly state: string }>): DayAct =>
    act(async (day) => (await does(day)).state)
  return [
    restricts(({ calls }) => calls.state.halt({ reason })),
    restricts(({ calls }) => calls.state.halt({ reason })),
    restricts(({ calls }) => calls.state.stopAddingRisk({ reason })),
    restricts(({ calls }) => calls.state.stopAddingRisk({ reason })),
    restricts(({ calls }) => calls.state.lock({ minutes: 2, reason })),
  ]
}

/** Loosens whatever may be loosened. */
function loosens(): DayAct {
  const does = async ({ calls }: ReplayedDay): Promise<string> => {
    const { causes } = await calls.state.get()
    const asked = causes.filter(({ missing }) => missing === null)
    await Promise.allSettled(asked.map(({ id }) => calls.state.loosen({ cause: id, reason: 'The plan allows it.' })))
    return (await calls.state.get()).state
  }
  return { loosens: true, does }
}

function flattens(flattenId: string): DayAct {
  return act(async ({ calls }) => {
    const { planId } = await calls.trading.flattenPlan()
    const { done, says } = await calls.trading.flatten({ flattenId, planId })
    return `${done} ${says}`
  })
}

function act(does: (day: ReplayedDay) => Promise<string>): DayAct {
  return { loosens: false, does }
}
