import { describe, expect, it } from 'vitest'
import type { ExchangeView } from '../../../src/contract/trading/exchange.ts'
import { BrokerChoice } from '../../../src/ui/settings/broker-choice.svelte.ts'
import { refused } from './refused.ts'

const VIEW: ExchangeView = {
  broker: 'manual',
  exchanges: [{ id: 'binanceusdm', title: 'Binance' }],
  account: null,
  keys: { from: 'none', lastFour: null, canKeep: true, says: 'No keys.' },
  standing: null,
  fixed: null,
}

type Source = ConstructorParameters<typeof BrokerChoice>[0]

function choiceOf(calls: Readonly<Record<string, (given: never) => Promise<unknown>>>): BrokerChoice {
  return new BrokerChoice({
    client: { exchange: { get: () => Promise.resolve(VIEW), ...calls } },
  } as unknown as Source)
}

describe('the broker in the settings', () => {
  it('is sent as it was chosen, an address as typed, and shown as it then stands', async () => {
    const sent: unknown[] = []
    const connected = {
      ...VIEW,
      broker: 'exchange',
      account: { exchange: 'binanceusdm', network: 'http://127.0.0.1:9', since: 1 },
    }
    const choice = choiceOf({ choose: (wanted) => (sent.push(wanted), Promise.resolve(connected)) })
    await choice.load()
    expect(choice.isChanged).toBe(false)
    choice.broker = 'exchange'
    choice.network = 'address'
    choice.address = ' http://127.0.0.1:9 '
    expect(choice.isChanged).toBe(true)
    await Promise.all([choice.use(), choice.use()])
    expect(sent).toEqual([{ broker: 'exchange', exchange: 'binanceusdm', network: 'http://127.0.0.1:9' }])
    expect([choice.view?.broker, choice.isChanged, choice.busy]).toEqual(['exchange', false, false])
  })

  it('says why it was refused, and keeps what is being chosen', async () => {
    const choice = choiceOf({ choose: () => Promise.reject(refused('2 orders may still be filled.')) })
    await choice.load()
    choice.broker = 'exchange'
    await choice.use()
    await choice.load()
    expect([choice.said, choice.broker, choice.view?.broker]).toEqual([
      '2 orders may still be filled.',
      'exchange',
      'manual',
    ])
  })

  it('hands keys over and holds none of them', async () => {
    const kept = { ...VIEW, keys: { ...VIEW.keys, from: 'system', lastFour: 'aa91' } }
    const choice = choiceOf({ keepKeys: () => Promise.resolve(kept) })
    await choice.load()
    expect(await choice.keepKeys('key-of-an-account-aa91', 'secret-of-an-account')).toBe(true)
    expect(choice.view?.keys.lastFour).toBe('aa91')
    const held = Object.values(choice).concat(choice.said, JSON.stringify(choice.view))
    expect(held.join(' ')).not.toMatch(/key-of-an-account|secret-of-an-account/)
  })

  it('shows what a comparison found', async () => {
    const differences = [{ symbol: 'X', ours: '0', theirs: '1', says: 'X: 0 here, 1 at the broker.' }]
    const choice = choiceOf({ reconcile: () => Promise.resolve({ agrees: false, differences, says: 'They differ.' }) })
    await choice.load()
    await choice.compare()
    expect(choice.said).toBe('They differ. X: 0 here, 1 at the broker.')
  })
})
