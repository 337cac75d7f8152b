import type { PaperTermsView } from '../../contract/paper.ts'
import { PAPER_TERMS, type PaperTerms } from '../../domain/broker/paper/paper-terms.ts'
import { dec, readPositive, sayPercent, text } from '../../domain/kernel/money.ts'
import type { Desk } from '../desk.ts'
import type { BookReader } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'

const KEY = 'paper-liquidation'

/** The terms that orders of a book are filled on paper by. */
export function paperTermsOf(book: BookReader, accountId: string, seed: number): PaperTerms {
  const below = keptShare(book)
  return { ...PAPER_TERMS, seed, liquidation: below === null ? null : { below, accountId } }
}

/** The calls about the terms of the paper account. */
export function openPaperTerms(workspace: Workspace): Desk['paper'] {
  return {
    terms: () => viewOf(workspace.book),
    setLiquidation: ({ below }) => setLiquidation(workspace, below),
  }
}

function setLiquidation(workspace: Workspace, below: string | null): PaperTermsView {
  const { book, options } = workspace
  if (book.info.kind !== 'paper')
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      `This book is ${book.info.kind}: only a paper book has a paper account; open one.`,
    )
  const share = below === null ? null : readPositive(below, 'below')
  if (share?.ok === false) throw new DeskRefusal(share.error.code, share.error.says, 'below')
  if (share !== null && share.value.gte(1))
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      `below is ${text(share.value)}: give a share above 0 and below 1, 0.5 for half of the margin in use.`,
      'below',
    )
  const value = share === null ? null : text(share.value)
  book.saveSetting({ key: KEY, value, kind: 'state', says: saysOf(value) }, options.ambient.now())
  workspace.changed('ledger')
  return viewOf(book)
}

function viewOf(book: BookReader): PaperTermsView {
  const { interest, slippage, participation, margin } = PAPER_TERMS
  const liquidation = keptShare(book)
  return { liquidation, interest, slippage, participation, margin, says: saysOf(liquidation) }
}

function saysOf(below: string | null): string {
  return below === null
    ? 'The paper account has no maintenance margin: it is called below its margin, and nothing is closed.'
    : `The paper account is called below its margin, and closed below ${sayPercent(dec(below))} of the margin in use.`
}

/** As it was set; nothing where it never was. */
function keptShare(book: BookReader): string | null {
  // Safe: it is written above alone.
  return (book.setting(KEY)?.value ?? null) as string | null
}
