import { Command } from 'commander'
import type { SharedOptions } from './open-book.ts'
import { EXIT_WORDS, type ExitCode } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/** What a command answers: a document for programs, text for people, and how it ends (done, where not said). */
export interface CommandAnswer {
  readonly document: object
  /** Empty where all was shown already. */
  readonly text: string
  readonly exit?: ExitCode
}

/** What a command does with its words and options. */
export type CommandAction<Options> = (
  terminal: Terminal,
  options: Options & SharedOptions,
  ...words: (string | undefined)[]
) => Promise<CommandAnswer>

/** Runs an action and speaks its answer; given by whoever runs the program. */
export type Speak = (json: boolean, act: (terminal: Terminal) => Promise<CommandAnswer>) => Promise<void>

/** One command, or a group of them, ready to be added to the program. */
export type CommandMaker = (speak: Speak) => Command

/** What a command is called, says of itself, and does. */
export interface CommandPlan<Options> {
  readonly name: string
  /** Words after the name, as commander writes them: `<id>`, `[file...]`. */
  readonly words?: string
  readonly says: string
  readonly examples: readonly string[]
  readonly options?: (command: Command) => void
  readonly action: CommandAction<Options>
}

/** A command with the options all commands share and its examples in its help. */
export function defineCommand<Options>(plan: CommandPlan<Options>): CommandMaker {
  return (speak) => {
    const command = new Command(plan.name)
    if (plan.words !== undefined) command.arguments(plan.words)
    command.description(plan.says)
    plan.options?.(command)
    command
      .option('--book <file>', 'the book to work with (the one opened last where left out)')
      .option('--data-dir <folder>', 'the folder of books')
      .option('--json', 'one JSON document on stdout, all else on stderr')
      .addHelpText(
        'after',
        `\nExamples:\n${plan.examples.map((line) => `  ballast ${line}`).join('\n')}\n\n${EXIT_WORDS}`,
      )
      .action(async (...given: unknown[]) => {
        const options = command.opts<Options & SharedOptions>()
        const words = given
          .slice(0, -2)
          .flat()
          .filter((word) => typeof word === 'string')
        await speak(options.json === true, (terminal) => plan.action(terminal, options, ...words))
      })
    return command
  }
}

/** Commands under one name. */
export function groupCommands(name: string, says: string, makers: readonly CommandMaker[]): CommandMaker {
  return (speak) => {
    const group = new Command(name).description(says)
    for (const make of makers) group.addCommand(make(speak))
    return group
  }
}
