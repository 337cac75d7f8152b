import { addBars, journalRoom } from './journal-room.ts'
import { NOON, share, type TradingRoom } from './trading-room.ts'

/** Numbers from 0 to 1 that are the same on every machine. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** Daily moves without memory, about one per cent. */
export function noise(days: number, seed: number): number[] {
  const roll = dice(seed)
  return Array.from({ length: days }, () => (roll() + roll() + roll() - 1.5) * 0.02)
}

/** Closes from 100 on that make these moves. */
export function closesOf(moves: readonly number[]): number[] {
  let price = 100
  return [100, ...moves.map((move) => (price *= Math.exp(move)))]
}

/** A book with shares whose closes make the given moves, day for day. */
export async function marketsRoom(
  moves: Readonly<Record<string, readonly number[]>>,
  equity: string | null = '100000',
): Promise<TradingRoom> {
  const room = await journalRoom(equity)
  for (const [symbol, own] of Object.entries(moves)) {
    // Days of the crypto calendar are all alike: no weekend is in the way of counting.
    room.book().saveInstrument(share(symbol, { calendar: 'crypto', clusters: ['all'] }), NOON)
    addBars(room, symbol, closesOf(own))
  }
  return room
}
