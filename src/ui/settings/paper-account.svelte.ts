import type { PaperTermsView } from '../../contract/paper.ts'
import { decimalText, over, ratio, times } from '../format/ratio.ts'
import { answer, type DeskClient } from '../rpc.ts'

/** What the terms need of the desk; the client is asked for anew because a line may have been reopened. */
export interface PaperSource {
  readonly client: Pick<DeskClient, 'paper'>
}

/** The terms of the paper account, and its maintenance margin as it is typed: per cent, empty for none. */
export class PaperAccountForm {
  view = $state.raw<PaperTermsView>()
  percent = $state('')
  refused = $state<string>()
  readonly #source: PaperSource

  constructor(source: PaperSource) {
    this.#source = source
  }

  /** Whether what is typed differs from what is in force. */
  get isChanged(): boolean {
    return this.view !== undefined && this.percent !== percentOf(this.view.liquidation)
  }

  /** Asks for the terms in force; what is typed goes. */
  async load(): Promise<void> {
    this.#take(await answer(this.#source.client.paper.terms()))
  }

  /** Puts what is typed in force. */
  async save(): Promise<void> {
    const below = this.percent === '' ? null : decimalText(over(ratio(this.percent), ratio('100')), 12)
    this.#take(await answer(this.#source.client.paper.setLiquidation({ below })))
  }

  #take(
    told:
      | { readonly ok: true; readonly value: PaperTermsView }
      | { readonly ok: false; readonly refusal: { says: string } },
  ): void {
    this.refused = told.ok ? undefined : told.refusal.says
    if (!told.ok) return
    this.view = told.value
    this.percent = percentOf(told.value.liquidation)
  }
}

function percentOf(share: string | null): string {
  return share === null ? '' : decimalText(times(ratio(share), ratio('100')), 10)
}
