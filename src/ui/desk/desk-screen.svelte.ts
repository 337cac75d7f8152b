import type { DecisionRow } from '../../contract/decisions.ts'
import type { DeskView } from '../../contract/limits.ts'
import type { SettingView } from '../../contract/profile.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { OneAtATime } from '../kit/one-at-a-time.ts'
import { answer, type DeskClient } from '../rpc.ts'
import { canShow, type AmountBase, type AmountUnit } from './amount-unit.ts'

/** What the screen needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface DeskSource {
  readonly client: Pick<DeskClient, 'limits' | 'decisions' | 'profile' | 'market' | 'feed'>
}

const units: readonly AmountUnit[] = ['money', 'percent', 'multiple']
const keptUnit = 'ballast.desk.unit'
const latestCount = 8

/** The account as it stands: limits, exposures, positions and the latest decisions, asked for again on each change. */
export class DeskScreen {
  view = $state.raw<DeskView>()
  refusal = $state.raw<RefusalBody>()
  latest = $state.raw<readonly DecisionRow[]>()
  latestRefusal = $state.raw<RefusalBody>()
  /** Planned risk of one order as a fraction of equity, by the active profile. */
  risk = $state<string>()
  #unit = $state<AmountUnit>('money')
  readonly #desk: DeskSource
  readonly #loads = new OneAtATime((isWanted) => this.#ask(isWanted))
  readonly #looks = new OneAtATime((isWanted) => this.#askView(isWanted))
  #changes: number | undefined
  #book: number | undefined

  readonly base = $derived<AmountBase>({
    currency: this.view?.currency ?? '',
    equity: this.view?.equity ?? undefined,
    risk: this.risk,
  })
  /** The unit shown: the chosen one where it can be, money where it cannot. */
  readonly unit = $derived(canShow(this.#unit, this.base) ? this.#unit : 'money')
  /** The limit nearest to its breach; an unknown one is nearer than any known one. */
  readonly nearest = $derived(this.view?.limits[0])

  constructor(desk: DeskSource) {
    this.#desk = desk
    this.#unit = units.find((one) => one === localStorage.getItem(keptUnit)) ?? 'money'
  }

  /** Asks for everything anew when the count of changes is another one than last time; answers of a book before are dropped. */
  follow(changes: number, book: number): void {
    if (changes === this.#changes) return
    if (book !== this.#book) {
      this.#loads.drop()
      this.#looks.drop()
    }
    this.#changes = changes
    this.#book = book
    void this.load()
  }

  /** Asks for everything anew. */
  load(): Promise<void> {
    return this.#loads.ask()
  }

  /** Asks again for what prices move, and nothing else. */
  look(): Promise<void> {
    return this.#looks.ask()
  }

  async #ask(isWanted: () => boolean): Promise<void> {
    const { client } = this.#desk
    const [view, latest, profile] = await Promise.all([
      answer(client.limits.desk()),
      answer(client.decisions.list({ limit: latestCount })),
      answer(client.profile.get()),
    ])
    if (!isWanted()) return
    this.view = view.ok ? view.value : undefined
    this.refusal = view.ok ? undefined : view.refusal
    this.latest = latest.ok ? latest.value.rows : undefined
    this.latestRefusal = latest.ok ? undefined : latest.refusal
    this.risk = profile.ok ? plannedRisk(profile.value.settings) : undefined
  }

  async #askView(isWanted: () => boolean): Promise<void> {
    const view = await answer(this.#desk.client.limits.desk())
    if (!isWanted()) return
    this.view = view.ok ? view.value : undefined
    this.refusal = view.ok ? undefined : view.refusal
  }

  /** Shows amounts in a unit from now on. */
  showIn(unit: AmountUnit): void {
    this.#unit = unit
    localStorage.setItem(keptUnit, unit)
  }

  /** The next unit in the round money, per cent, R that can be shown. */
  nextUnit(): void {
    const open = units.filter((unit) => canShow(unit, this.base))
    this.showIn(open[(open.indexOf(this.unit) + 1) % open.length] ?? 'money')
  }

  /** Types bid and ask of a symbol; undefined when they were taken, else why not. */
  readonly typeQuote = async (symbol: string, bid: string, ask: string): Promise<RefusalBody | undefined> => {
    const taken = await answer(this.#desk.client.feed.typeQuote({ symbol, bid, ask }))
    if (!taken.ok) return taken.refusal
    await this.load()
    return undefined
  }

  /** Types a price for a symbol; undefined when it was taken, else why it was not. */
  async typePrice(symbol: string, price: string): Promise<RefusalBody | undefined> {
    const taken = await answer(this.#desk.client.market.typePrice({ symbol, price }))
    if (!taken.ok) return taken.refusal
    await this.load()
    return undefined
  }
}

/** The planned risk as the governor reads it: the active method's own, else the ceiling on one trade. */
export function plannedRisk(settings: readonly SettingView[]): string | undefined {
  const value = (path: string): string | undefined => settings.find((one) => one.path === path)?.value
  return value(`methods.${value('method') ?? ''}.risk`) ?? value('ceilings.risk_per_trade.max')
}
