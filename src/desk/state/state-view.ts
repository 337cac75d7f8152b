import type { ArmingView, DeskCause, DeskStateView } from '../../contract/desk-state.ts'
import { ARM_WARNING_MS, DISARMED_BY } from '../../domain/desk-state/arming.ts'
import { STATE_MEANS } from '../../domain/desk-state/desk-state.ts'
import { deskState, shownCauses } from '../../domain/desk-state/latch.ts'
import { refuseRelease } from '../../domain/desk-state/release.ts'
import { nextDayStart } from '../../domain/trading-day.ts'
import type { Workspace } from '../workspace.ts'
import { deskRules } from './desk-rules.ts'

/** The state of the open book with everything that restricts it; refuses where no book is open. */
export function stateView(workspace: Workspace): DeskStateView {
  const { posture, book } = workspace
  const { latch } = posture.now
  const { accountId, timeZone, dayRoll } = workspace.account()
  const { wall } = posture.moment()
  const state = deskState(latch)
  // The clock of a sample book stands still: so does its trading day.
  const now = workspace.now()
  const end = book.info.clock === null ? latch.session.end : nextDayStart(now, { timeZone, dayRoll })
  const since = Math.min(latch.session.start, wall)
  return {
    at: wall,
    bookKind: book.info.kind,
    accountId,
    state,
    means: STATE_MEANS[state],
    entries: posture.permission('entry').ok,
    exits: posture.permission('exit').ok,
    flatten: posture.permission('flatten').ok,
    causes: causesView(workspace),
    lockedUntil: shownCauses(latch).find(({ until }) => until !== null)?.until ?? null,
    session: {
      number: latch.session.number,
      start: latch.session.start,
      end,
      left: Math.max(0, end - now),
      timeZone,
      dayRoll,
    },
    arming: armingView(workspace),
    unacknowledged: book.breaches(since).filter(({ acknowledgedAt }) => acknowledgedAt === null).length,
  }
}

/** Whether the open book is armed, by which window and until when. */
export function armingView({ posture, book }: Workspace): ArmingView {
  const { arming } = posture.now
  if (!arming.armed) {
    const { by, at } = arming
    return { armed: false, by, since: at, says: DISARMED_BY[by], canArm: book.info.kind === 'live' }
  }
  const { wall, mono } = posture.moment()
  const left = Math.max(0, Math.min(arming.until - wall, arming.left - Math.floor(mono - arming.last.mono)))
  return {
    armed: true,
    accountId: arming.accountId,
    windowId: posture.windowId,
    since: arming.at,
    until: arming.until,
    left,
    ending: left <= ARM_WARNING_MS,
  }
}

/** Every cause with what is missing before it may end; the pre-flight list, which takes long, is not walked here. */
function causesView({ posture }: Workspace): DeskCause[] {
  const { latch, arming } = posture.now
  const moment = posture.moment()
  return shownCauses(latch).map((cause) => {
    const asked = {
      kind: 'release',
      cause: cause.id,
      reason: '-',
      preflight: true,
      armed: arming.armed,
      moment,
    } as const
    // Only the account's zone is not needed to judge a release.
    const refused = refuseRelease(latch, asked, deskRules({ timeZone: 'UTC', dayRoll: '00:00' }, latch))
    return { ...cause, missing: refused?.says ?? null }
  })
}
