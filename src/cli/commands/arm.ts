import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'

export const arm = defineCommand<object>({
  name: 'arm',
  says: 'Arming is done in the window: open the live book there and press «Go live». It takes state NORMAL, every check of the pre-flight list passed (GET /api/state/preflight), the last four characters of the account, and a time limit. No command arms, and none loosens.',
  examples: ['arm --help', 'status', 'halt'],
  action: () =>
    Promise.reject(
      new CommandRefusal(
        'NOT_ARMED',
        'A live book is armed in the window alone, by a person who has seen its pre-flight list: open it there and press «Go live».',
      ),
    ),
})
