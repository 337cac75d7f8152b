import type { Workspace } from '../desk/workspace.ts'
import type { Log } from './log.ts'

/** Quiet this long is an idle moment. */
const QUIET_MS = 250

/** Tidies the open book's files once nothing has changed for a moment, so that no decision waits for it; the answer ends this. */
export function settleWhenQuiet(workspace: Workspace, log: Log): () => void {
  let timer: NodeJS.Timeout | undefined
  const settle = (): void => {
    try {
      workspace.openBook?.settle()
    } catch (error) {
      log.error({ err: error }, 'the book could not be settled')
    }
  }
  const stop = workspace.watch(() => {
    clearTimeout(timer)
    timer = setTimeout(settle, QUIET_MS)
    timer.unref()
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}
