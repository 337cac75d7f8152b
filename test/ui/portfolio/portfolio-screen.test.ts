import { ORPCError } from '@orpc/client'
import { describe, expect, it, vi } from 'vitest'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { Loaded } from '../../../src/ui/portfolio/loaded.svelte.ts'
import { PortfolioScreen, type PortfolioSource } from '../../../src/ui/portfolio/portfolio.svelte.ts'
import { aStudy } from './a-study.ts'

chooseLocale('en-US')

/** Waits until something holds, however busy the machine is. */
const until = (holds: () => boolean): Promise<void> =>
  vi.waitFor(
    () => {
      expect(holds()).toBe(true)
    },
    { timeout: 10_000 },
  )

function screenOn(calls: Readonly<Record<string, (input: unknown) => unknown>>) {
  const made = (name: string) => vi.fn((input: unknown) => Promise.resolve().then(() => calls[name]?.(input)))
  const portfolio = Object.fromEntries(['risk', 'study', 'sensors', 'optimise', 'frontier'].map((n) => [n, made(n)]))
  const source = {
    client: { portfolio, market: { instruments: () => Promise.resolve([]) } },
    timeZone: 'UTC',
  } as unknown as PortfolioSource
  return { screen: new PortfolioScreen(source), portfolio }
}

describe('the portfolio screen', () => {
  it('asks for the view that is looked at, and again only when the book or a field has changed', async () => {
    const { screen, portfolio } = screenOn({ risk: () => ({ positions: [] }), study: () => aStudy(3, () => 0.3) })
    screen.follow(1)
    await until(() => screen.risk.value !== undefined)
    expect(portfolio['risk']).toHaveBeenCalledTimes(1)
    expect(portfolio['study']).not.toHaveBeenCalled()
    await screen.refresh()
    expect(portfolio['risk']).toHaveBeenCalledTimes(1)
    screen.follow(2)
    await until(() => !screen.risk.busy)
    expect(portfolio['risk']).toHaveBeenCalledTimes(2)
    screen.show('correlation')
    await until(() => screen.cells !== undefined)
    expect(screen.cells?.symbols).toEqual(['A', 'B', 'C'])
    screen.frame.lookback = '120'
    await screen.refresh()
    expect(portfolio['study']).toHaveBeenLastCalledWith({ lookback: '120', linkage: 'average' })
    await screen.again()
    expect(portfolio['study']).toHaveBeenCalledTimes(3)
  })

  it('asks nothing while a field is wrong', async () => {
    const { screen, portfolio } = screenOn({})
    screen.frame.lookback = '5'
    screen.follow(1)
    await screen.refresh()
    expect(portfolio['risk']).not.toHaveBeenCalled()
    expect(screen.frame.faults.lookback).toBe(
      'Look-back is 5 periods; give a whole number from 20 to 2,000 periods, or leave it empty.',
    )
  })

  it('shows no earlier map once the desk refuses', async () => {
    let refuses = false
    const { screen } = screenOn({
      study: () => {
        if (refuses)
          throw new ORPCError('REFUSED', { defined: true, data: { code: 'INPUT_MISSING', says: 'No bars.' } })
        return aStudy(2, () => 0.3)
      },
    })
    screen.show('correlation')
    await until(() => screen.cells !== undefined)
    expect(screen.cells).toBeDefined()
    refuses = true
    await screen.again()
    expect(screen.cells).toBeUndefined()
    expect(screen.study.refusal?.says).toBe('No bars.')
    expect(screen.isStudyBusy).toBe(false)
  })
})

describe('what a call came to', () => {
  it('is the newest answer, whichever comes last', async () => {
    const loaded = new Loaded<string>()
    const ends: ((value: string) => void)[] = []
    const call = (): Promise<string> => new Promise((resolve) => ends.push(resolve))
    const first = loaded.ask(call)
    const second = loaded.ask(call)
    ends[1]?.('second')
    expect(await second).toBe(true)
    ends[0]?.('first')
    expect(await first).toBe(false)
    expect(loaded.value).toBe('second')
    expect(loaded.busy).toBe(false)
  })
})
