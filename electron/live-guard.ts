import type { App, BrowserWindow, Dialog, PowerMonitor } from 'electron'
import type { DeskPosture } from '../src/desk/state/desk-posture.ts'

/** Disarms when nobody may be there: sleep, a locked screen, another user. */
export function guardPower(monitor: PowerMonitor, posture: DeskPosture): void {
  const disarm = (by: 'sleep' | 'screen-lock' | 'user-switch'): void => {
    if (posture.state !== undefined) posture.happen({ kind: 'disarm', by })
  }
  monitor.on('suspend', () => disarm('sleep'))
  monitor.on('lock-screen', () => disarm('screen-lock'))
  monitor.on('user-did-resign-active', () => disarm('user-switch'))
  // Whatever happened while the machine slept is looked at before the next order.
  monitor.on('resume', () => posture.tick())
}

/** Whether the open book is armed now. */
export function isArmed(posture: DeskPosture): boolean {
  return posture.state !== undefined && posture.now.arming.armed
}

/** Asks before an armed desk is left: what is held stays held. Staying is the default. */
export function askBeforeLeaving(
  app: App,
  dialog: Dialog,
  posture: DeskPosture,
  held: () => readonly string[],
): (window: BrowserWindow) => void {
  const mayLeave = (): boolean => {
    if (!isArmed(posture)) return true
    const positions = held()
    const answer = dialog.showMessageBoxSync({
      type: 'warning',
      title: 'Ballast is armed',
      message: 'This book is LIVE and armed. Leave it?',
      detail:
        positions.length === 0
          ? 'Nothing is held. Leaving disarms.'
          : `Leaving disarms; these positions stay open at the broker: ${positions.join(', ')}.`,
      buttons: ['Stay', 'Disarm and leave'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    if (answer !== 1) return false
    posture.happen({ kind: 'disarm', by: 'trader' })
    return true
  }
  app.on('before-quit', (event) => {
    if (!mayLeave()) event.preventDefault()
  })
  return (window) =>
    window.on('close', (event) => {
      if (!mayLeave()) event.preventDefault()
    })
}
