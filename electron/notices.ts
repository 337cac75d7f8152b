import { Notification } from 'electron'
import { STATE_MEANS, strictness, type DeskState } from '../src/domain/desk-state/desk-state.ts'

/** What a state change looks like to a person outside the window. */
export interface StateNotice {
  readonly state: DeskState | undefined
  readonly armed: boolean
  readonly says: string
}

/** Tells the system when the desk gets stricter or disarms itself; the list in the app is the record, this is a hint. */
export function noticeStates(): (now: StateNotice) => void {
  let last: StateNotice = { state: undefined, armed: false, says: '' }
  return (now) => {
    const before = last
    last = now
    if (now.state === undefined || before.state === undefined || !Notification.isSupported()) return
    const stricter = strictness(now.state) > strictness(before.state)
    if (!stricter && !(before.armed && !now.armed)) return
    const title = stricter ? `${now.state}: ${STATE_MEANS[now.state]}` : 'Disarmed'
    new Notification({ title, body: now.says, urgency: stricter ? 'critical' : 'normal' }).show()
  }
}
