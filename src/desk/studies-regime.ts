import type { RegimeSetting } from '../contract/edge.ts'
import { readDecimal, text } from '../domain/kernel/money.ts'
import { REGIMES, type RegimeStudy } from '../domain/studies.ts'
import type { BookReader } from './ports.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

const KEY = 'regime'

/** The market regime the trader set by hand; `null` where none is set. */
export function regimeSet(book: BookReader): RegimeStudy | null {
  const kept = book.setting(KEY)
  const value = kept?.value as { readonly regime?: unknown; readonly quality?: unknown } | null | undefined
  const regime = REGIMES.find((known) => known === value?.regime)
  const quality = typeof value?.quality === 'string' ? value.quality : null
  if (kept === undefined || (regime === undefined && quality === null)) return null
  const source = 'set by hand'
  return { regime: regime ?? null, quality: { value: quality, source, at: kept.at }, source, at: kept.at }
}

/** The regime in force as it is shown. */
export function regimeView(workspace: Workspace): RegimeSetting {
  const set = regimeSet(workspace.book)
  return { regime: set?.regime ?? null, quality: set?.quality.value ?? null, at: set?.at ?? null }
}

/** Sets the market regime and its quality by hand, or clears both. It counts from the next decision on, and is audited. */
export function setRegime(
  workspace: Workspace,
  { regime, quality }: { readonly regime: RegimeSetting['regime']; readonly quality: string | null },
): RegimeSetting {
  const share = quality === null ? null : readDecimal(quality, 'quality')
  if (share?.ok === false) throw new DeskRefusal(share.error.code, share.error.says, 'quality')
  if (share !== null && (share.value.lt(0) || share.value.gt(1)))
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      `quality is ${text(share.value)}: give a number from 0 to 1, 1 for a market that suits.`,
      'quality',
    )
  const { book, options } = workspace
  const words = regime === null ? 'no regime is set' : `the regime is ${regime.replace('_', ' ')}`
  book.saveSetting(
    {
      key: KEY,
      value: { regime, quality: share === null ? null : text(share.value) },
      kind: 'state',
      says: `Set by hand: ${words}${share === null ? '' : `, quality ${text(share.value)}`}.`,
    },
    // A frozen book keeps its own time, so that the setting is not from its future.
    book.info.clock ?? options.ambient.now(),
  )
  workspace.changed('ledger')
  return regimeView(workspace)
}
