import type { StudyQuery } from '../../contract/portfolio/study.ts'
import { wrongWith, type Allowed } from '../simulate/field-checks.ts'
import { given } from '../simulate/figures.ts'
import { readNames } from './name-list.ts'

const LOOK_BACK: Allowed = { label: 'Look-back', unit: 'periods', from: 20, to: 2_000, isWhole: true }

/** Which instruments are looked at together and how far back, as typed; every view of the screen reads it. */
export class FrameForm {
  /** Empty for the usual 60 periods. */
  lookback = $state('')
  /** Empty for all with daily bars. */
  symbols = $state('')
  linkage = $state<'average' | 'single'>('average')
  /** Typed text that is no number yet. */
  unread = $state<string>()

  readonly #names = $derived(readNames(this.symbols))
  readonly faults = $derived.by(() => {
    const lookback = wrongWith(this.unread ?? this.lookback, LOOK_BACK)
    return {
      ...(lookback === undefined ? {} : { lookback }),
      ...(this.#names.ok ? {} : { symbols: `Instruments: ${this.#names.why}` }),
    }
  })
  readonly isWrong = $derived(Object.keys(this.faults).length > 0)
  readonly lookbackGiven = $derived(given('lookback', this.lookback))
  /** The part of a question that names instruments and look-back. */
  readonly input = $derived<Pick<StudyQuery, 'lookback' | 'symbols'>>({
    ...this.lookbackGiven,
    ...(this.#names.ok && this.#names.names.length > 0 ? { symbols: [...this.#names.names] } : {}),
  })
}
