import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NewestWins } from '../../../src/ui/simulate/newest-wins.ts'
import { settle } from './hand-desk.ts'

describe('newest wins', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    return () => vi.useRealTimers()
  })

  it('does the newest of what waits and drops the rest', async () => {
    const done: number[] = []
    const ends: (() => void)[] = []
    const wins = new NewestWins<number>(
      (job) =>
        new Promise((resolve) => {
          done.push(job)
          ends.push(resolve)
        }),
      100,
    )
    for (const job of [1, 2, 3, 4]) wins.ask(job)
    expect(done).toEqual([1])
    ends[0]?.()
    await settle()
    expect(done).toEqual([1, 4])
  })

  it('cuts a job that runs on while another waits, and gives the next one longer', async () => {
    const signals: AbortSignal[] = []
    const wins = new NewestWins<number>((_job, signal) => {
      signals.push(signal)
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    }, 100)
    wins.ask(1)
    await vi.advanceTimersByTimeAsync(60)
    wins.ask(2)
    expect(signals[0]?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(41)
    expect(signals[0]?.aborted).toBe(true)
    wins.ask(3)
    await vi.advanceTimersByTimeAsync(150)
    expect(signals[1]?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(60)
    expect(signals[1]?.aborted).toBe(true)
    wins.stop()
    expect(signals[2]?.aborted).toBe(true)
  })
})
