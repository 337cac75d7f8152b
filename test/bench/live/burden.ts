import type { ContractClient } from '../../../src/contract/index.ts'
import { SYMBOLS } from './crowded-book.ts'

/** Times as fast as the bars were: 400 quotes a minute become 10,000 a second. */
const SPEED = 1_500
const RUN = {
  model: { kind: 'winloss', p: 0.55, b: 1.2 },
  staking: { method: 'fixed_fraction', fraction: 0.02 },
  paths: 20_000,
  trades: 200,
} as const

/** A desk under load, and how much of it there was. */
export interface Burden {
  /** Ends it; what was measured is over. */
  readonly end: () => Promise<{ readonly quotesASecond: number; readonly runs: number; readonly messages: number }>
}

/** Replays 10,000 quotes a second, simulates without a pause, and listens as a screen does. */
export async function burden(calls: ContractClient): Promise<Burden> {
  const ending = new AbortController()
  const { signal } = ending
  let [runs, messages] = [0, 0]
  await calls.feed.startReplay({ symbols: [...SYMBOLS], interval: '1m', speed: SPEED })
  const begun = performance.now()
  const listen = async (open: () => Promise<AsyncIterable<unknown>>): Promise<void> => {
    for await (const message of await open()) messages += message === undefined ? 0 : 1
  }
  const simulate = async (): Promise<void> => {
    for (let seed = 1; !signal.aborted; seed += 1) {
      await listen(() => calls.simulation.run({ ...RUN, seed }, { signal }))
      runs += 1
    }
  }
  const follow = async (): Promise<void> => {
    for (let after = 0; !signal.aborted; messages += 1) {
      after = (await calls.limits.movedPositions({ after }, { signal })).count
      await new Promise((resolve) => setTimeout(resolve, 16))
    }
  }
  const all = Promise.all([simulate(), follow(), listen(() => calls.state.watch(undefined, { signal }))])
  let failed: unknown
  // Ending breaks off all of it; what broke before that is told at the end.
  const over = all.catch((error: unknown) => {
    if (!signal.aborted) failed = error
  })
  return {
    end: async () => {
      const { replay } = await calls.feed.status()
      const seconds = (performance.now() - begun) / 1_000
      ending.abort()
      await over
      if (failed instanceof Error) throw failed
      return { quotesASecond: replay.taken / seconds, runs, messages }
    },
  }
}
