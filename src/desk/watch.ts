import type { Change } from '../contract/system.ts'
import type { StopSignal } from './ports.ts'
import type { ChangeKind, Workspace } from './workspace.ts'

/** A beat this often proves the line is alive. */
const BEAT_MS = 5_000

/** A stream of what changed: the latest change of each kind, conflated while the reader is slow, and a beat in between. */
export async function* watchChanges(workspace: Workspace, signal: StopSignal): AsyncGenerator<Change, void> {
  const { ambient } = workspace.options
  const pending = new Set<ChangeKind>()
  let wake: () => void = () => undefined
  const stop = workspace.watch((what) => {
    pending.add(what)
    wake()
  })
  const change = (what: Change['what']): Change => ({
    at: ambient.now(),
    what,
    version: workspace.openBook?.version() ?? 0,
  })
  try {
    yield change('hello')
    for (;;) {
      if (signal.aborted) return
      if (pending.size === 0) await ambient.pause(BEAT_MS, signal, (resume) => (wake = resume))
      if (pending.size === 0 && !isStopped(signal)) yield change('beat')
      for (const what of [...pending]) {
        pending.delete(what)
        yield change(what)
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
