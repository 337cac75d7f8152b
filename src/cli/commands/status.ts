import type { DeskStateView } from '../../contract/desk-state.ts'
import { defineCommand } from '../define-command.ts'
import { instant } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { stateText } from '../state-text.ts'

export const status = defineCommand<object>({
  name: 'status',
  says: 'State of the desk with every cause and what clears it, arming, and when the day resets. Where the workstation has the book open, ask it: GET /api/state.',
  examples: ['status', 'status --json'],
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const view = await calls.state.get()
      return { document: view, text: `${stateText(view)}\n${restText(view)}` }
    }),
})

function restText({ arming, session, unacknowledged, bookKind }: DeskStateView): string {
  const armed = arming.armed ? `Armed until ${instant(arming.until)}.` : `Not armed. ${arming.says}`
  const breaches =
    unacknowledged === 0 ? '' : `\n${unacknowledged} breach${unacknowledged === 1 ? '' : 'es'} to acknowledge.`
  return `Book: ${bookKind}. ${armed}\nThe trading day ends ${instant(session.end)} (${session.dayRoll} ${session.timeZone}).${breaches}`
}
