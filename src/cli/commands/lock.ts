import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'
import { withBook } from '../open-book.ts'
import { stateText } from '../state-text.ts'

interface Options {
  readonly minutes?: string
  readonly reason?: string
}

export const lock = defineCommand<Options>({
  name: 'lock',
  says: 'Lock yourself out of new risk for so long. Only time ends it, also after a restart; closing stays possible. Where the workstation has the book open, lock there or by POST /api/state/lock.',
  examples: ['lock --minutes 120', 'lock --minutes 1440 --reason "enough for today"'],
  options: (command) =>
    void command
      .requiredOption('--minutes <number>', 'how long: 1 to 527040, which is 366 days')
      .option('--reason <words>', 'why, for the log'),
  action: (terminal, { minutes, reason, ...options }) => {
    const words = minutes ?? ''
    if (!/^\d{1,6}$/.test(words))
      throw new CommandRefusal(
        'BAD_OPTION',
        `--minutes is «${words}»: give a whole number from 1 to 527040.`,
        '--minutes',
      )
    return withBook(options, terminal, async ({ calls }) => {
      const why = reason === undefined ? {} : { reason }
      const view = await calls.state.lock({ minutes: Number(words), ...why })
      return { document: view, text: stateText(view) }
    })
  },
})
