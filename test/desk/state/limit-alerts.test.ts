import { describe, expect, it } from 'vitest'
import { alertsOf } from '../../../src/desk/live-limits/limit-alerts.ts'
import type { LiveSnapshot } from '../../../src/contract/desk-state.ts'
import { StateRoom } from './state-room.ts'

/** A desk that looks at its alerts as the host does; 500 shares at 100 with stops at 99, daily limit 3,000. */
async function looked(): Promise<{ room: StateRoom; at: (price: string) => Promise<string[]> }> {
  const room = await StateRoom.open()
  room.buy('500', '100', '99')
  const alerts = alertsOf(room.workspace)
  alerts.look()
  const heard: string[] = []
  alerts.listen(({ key, level }) => heard.push(`${key} ${level}`))
  return {
    room,
    at: async (price) => {
      await room.price(price)
      alerts.look()
      return heard
        .splice(0)
        .filter((one) => one.startsWith('daily_loss') || one.includes('reset'))
        .sort()
    },
  }
}

describe('alerts about limits', () => {
  it('tell each step of a limit once, and again only after it has fallen back', async () => {
    const { room, at } = await looked()
    // Lost 500·(100 − p), and 500·(p − 99) more at risk: 500 at 99 and above, all of the loss below.
    expect(await at('97')).toEqual([])
    expect(await at('95.7')).toEqual(['daily_loss caution'])
    expect(await at('95.8')).toEqual([])
    expect(await at('95.7')).toEqual([])
    expect(await at('94.5')).toEqual(['daily_loss danger'])
    expect(await at('94')).toEqual(['daily_loss breach'])
    expect(await at('93')).toEqual([])
    expect(await at('98')).toEqual([])
    expect(await at('94')).toEqual(['daily_loss breach'])
    const { alerts } = alertsOf(room.workspace)
    expect(alerts.filter(({ key }) => key === 'daily_loss').map(({ says }) => says)).toEqual([
      'Daily loss has reached its limit.',
      'Daily loss has reached its limit.',
      'Daily loss is above 90 % of its limit.',
      'Daily loss is above 70 % of its limit.',
    ])
    expect(alerts.map(({ number }) => number)).toEqual(alerts.map((_, place) => alerts.length - place))
    expect(JSON.stringify(alerts)).not.toMatch(/USD|3,000|100,000/)
  })

  it('are in the picture that is pushed', async () => {
    const { room, at } = await looked()
    await at('94')
    const stop = new AbortController()
    const stream = await room.calls.state.watch(undefined, { signal: stop.signal })
    const value = (await stream.next()).value as LiveSnapshot
    expect(value.alerts.some(({ key, level }) => key === 'daily_loss' && level === 'breach')).toBe(true)
    stop.abort()
    await stream.return()
  })

  it('do not tell where limits stand when the book is opened', async () => {
    const { room, at } = await looked()
    await at('94')
    const again = room.restart()
    alertsOf(again.workspace).look()
    again.pass(1_000)
    alertsOf(again.workspace).look()
    expect(alertsOf(again.workspace).alerts).toEqual([])
  })

  it('tell once that the day ends within a quarter of an hour', async () => {
    const { room, at } = await looked()
    const until = Date.UTC(2026, 2, 4, 22) - room.clock.wall
    room.pass(until - 16 * 60_000)
    expect(await at('100')).toEqual([])
    room.pass(2 * 60_000)
    expect(await at('100')).toEqual(['day reset'])
    room.pass(60_000)
    expect(await at('100')).toEqual([])
    expect(alertsOf(room.workspace).alerts[0]?.says).toBe('The day ends in 14 min.')
  })
})
