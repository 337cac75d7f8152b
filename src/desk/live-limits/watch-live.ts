import type { LiveSnapshot } from '../../contract/desk-state.ts'
import type { StopSignal } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import { stateView } from '../state/state-view.ts'
import type { Workspace } from '../workspace.ts'
import { alertsOf } from './limit-alerts.ts'
import { liveLimits } from './live-limits.ts'

const FRAME_MS = 16
const BEAT_MS = 1_000
/** Alerts in a picture: the newest. */
const SHOWN = 20

/** State and limits as they change: the latest picture, whatever was missed between, at most one a frame. */
export async function* watchLive(workspace: Workspace, signal: StopSignal): AsyncGenerator<LiveSnapshot, void> {
  const { ambient } = workspace.options
  let changed = false
  let wake: () => void = () => undefined
  const stop = workspace.watch(() => {
    changed = true
    wake()
  })
  try {
    yield snapshot(workspace)
    for (;;) {
      await ambient.pause(FRAME_MS, signal, () => undefined)
      if (isStopped(signal)) return
      // A change during the pause is told at once: it has waited a frame already.
      if (!isSet(() => changed)) await ambient.pause(BEAT_MS - FRAME_MS, signal, (resume) => (wake = resume))
      if (isStopped(signal)) return
      changed = false
      yield snapshot(workspace)
    }
  } finally {
    stop()
  }
}

function snapshot(workspace: Workspace): LiveSnapshot {
  const at = workspace.options.ambient.now()
  if (workspace.openBook === undefined)
    return { at, state: null, limits: null, feed: null, alerts: [], says: 'No book is open.' }
  const state = stateView(workspace)
  const feed = workspace.market.feed.view()
  const alerts = alertsOf(workspace).alerts.slice(0, SHOWN)
  try {
    return { at, state, limits: liveLimits(workspace), feed, alerts, says: null }
  } catch (error) {
    if (error instanceof DeskRefusal) return { at, state, limits: null, feed, alerts, says: error.message }
    throw error
  }
}

/** Read anew after a pause: these change while one waits. */
function isStopped(signal: StopSignal): boolean {
  return signal.aborted
}

function isSet(read: () => boolean): boolean {
  return read()
}
