import type { QuoteFrame } from '../../contract/feed.ts'
import type { StopSignal } from '../ports.ts'
import type { Workspace } from '../workspace.ts'
import { lookAt } from './live-market.ts'

/** A frame of the screen. */
const FRAME_MS = 16
/** A quote that grew old is told within this time though no other came. */
const AGEING_MS = 200

/**
 * The newest quotes as they move: all that are known first, then those that moved since, at most one message a frame. However
 * slow the reader is, what waits for it is one quote a symbol.
 */
export async function* watchQuotes(workspace: Workspace, signal: StopSignal): AsyncGenerator<QuoteFrame, void> {
  const { ambient } = workspace.options
  const { board } = workspace.market
  const moved = new Set<string>(board.symbols())
  const told = new Map<string, string>()
  let wake: () => void = () => undefined
  const stop = board.listen((symbol) => {
    moved.add(symbol)
    wake()
  })
  const frame = (): QuoteFrame => {
    const at = workspace.openBook === undefined ? ambient.now() : workspace.now()
    const look = lookAt(at)
    const quotes = [...new Set([...moved, ...told.keys()])]
      .map((symbol) => board.view(symbol, look))
      .filter(({ symbol, state }) => moved.has(symbol) || told.get(symbol) !== state)
    moved.clear()
    for (const { symbol, state } of quotes) told.set(symbol, state)
    return { at, quotes }
  }
  try {
    yield frame()
    while (!isStopped(signal)) {
      if (moved.size === 0) await ambient.pause(AGEING_MS, signal, (resume) => (wake = resume))
      wake = () => undefined
      const next = frame()
      if (next.quotes.length > 0) {
        yield next
        if (!isStopped(signal)) await ambient.pause(FRAME_MS, signal, () => undefined)
      }
    }
  } finally {
    stop()
  }
}

/** Read anew after a pause: the signal changes while one waits. */
function isStopped(signal: StopSignal): boolean {
  return signal.aborted
}
