import type { ExchangeTest, ExchangeView } from '../../contract/trading/exchange.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type Answer, type DeskClient } from '../rpc.ts'

/** Where an account is: at the exchange, at its test network, or at a stand-in on this machine. */
export type Network = 'live' | 'testnet' | 'address'

/** Where orders of the open book go, and the exchange account being chosen. Keys are never kept here. */
export class BrokerChoice {
  view = $state.raw<ExchangeView>()
  refusal = $state.raw<RefusalBody>()
  tested = $state.raw<ExchangeTest>()
  /** What the last act came to, in a sentence. */
  said = $state<string>()
  busy = $state(false)
  broker = $state<'manual' | 'exchange'>('manual')
  exchange = $state('')
  network = $state<Network>('testnet')
  address = $state('')

  readonly #desk: { readonly client: Pick<DeskClient, 'exchange'> }

  readonly #account = $derived({
    exchange: this.exchange,
    network: this.network === 'address' ? this.address.trim() : this.network,
  })
  /** Whether what is chosen is what is in force. */
  readonly isChanged = $derived.by(() => {
    const { view, broker } = this
    if (view === undefined || view.broker === 'paper') return false
    if (broker === 'manual' || view.account === null) return broker !== view.broker
    return view.account.exchange !== this.#account.exchange || view.account.network !== this.#account.network
  })

  constructor(desk: { readonly client: Pick<DeskClient, 'exchange'> }) {
    this.#desk = desk
  }

  /** Asks how it stands; what is being chosen stays. */
  async load(): Promise<void> {
    const isFirst = this.view === undefined
    this.#take(await answer(this.#desk.client.exchange.get()))
    if (isFirst) this.#start()
  }

  /** Looks at the account without sending anything. */
  async test(): Promise<void> {
    await this.#act(async () => {
      const tested = await answer(this.#desk.client.exchange.test(this.#account))
      if (tested.ok) this.tested = tested.value
      else this.said = tested.refusal.says
    })
  }

  /** Puts in force what is chosen. */
  async use(): Promise<void> {
    const wanted =
      this.broker === 'manual' ? ({ broker: 'manual' } as const) : ({ broker: 'exchange', ...this.#account } as const)
    await this.#act(async () => {
      const taken = this.#take(await answer(this.#desk.client.exchange.choose(wanted)))
      if (taken) this.said = wanted.broker === 'manual' ? 'Orders are carried by hand.' : 'Orders go to the exchange.'
    })
  }

  /** Hands keys to the desk; true once they are kept. */
  async keepKeys(key: string, secret: string): Promise<boolean> {
    let kept = false
    await this.#act(async () => {
      kept = this.#take(await answer(this.#desk.client.exchange.keepKeys({ key, secret })))
      if (kept) this.said = 'The keys are kept.'
    })
    return kept
  }

  async forgetKeys(): Promise<void> {
    await this.#act(async () => {
      if (this.#take(await answer(this.#desk.client.exchange.forgetKeys()))) this.said = 'The keys are forgotten.'
    })
  }

  /** Compares book and account now. */
  async compare(): Promise<void> {
    await this.#act(async () => {
      const found = await answer(this.#desk.client.exchange.reconcile())
      this.said = found.ok
        ? [found.value.says, ...found.value.differences.map(({ says }) => says)].join(' ')
        : found.refusal.says
    })
    await this.load()
  }

  #start(): void {
    const { view } = this
    if (view === undefined) return
    const { account, exchanges, broker } = view
    this.broker = broker === 'exchange' ? 'exchange' : 'manual'
    this.exchange = account?.exchange ?? exchanges[0]?.id ?? ''
    if (account === null) return
    const isNamed = account.network === 'live' || account.network === 'testnet'
    this.network = isNamed ? (account.network as Network) : 'address'
    this.address = isNamed ? '' : account.network
  }

  async #act(act: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.said = undefined
    this.tested = undefined
    await act()
    this.busy = false
  }

  #take(got: Answer<ExchangeView>): boolean {
    if (got.ok) {
      this.view = got.value
      this.refusal = undefined
    } else if (this.view === undefined) this.refusal = got.refusal
    else this.said = got.refusal.says
    return got.ok
  }
}

/** The broker of this window’s book, with what is being chosen kept while another screen is shown. */
export const brokerChoiceOf = keptPerBook((desk) => new BrokerChoice(desk))
