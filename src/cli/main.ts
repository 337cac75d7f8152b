import { Command, CommanderError } from 'commander'
import { version } from '../host/version.ts'
import { asRefusal } from './as-refusal.ts'
import { CommandRefusal } from './command-refusal.ts'
import type { CommandAnswer, Speak } from './define-command.ts'
import { EXIT, EXIT_WORDS, exitCodeOf } from './exit-code.ts'
import { commands } from './registry.ts'
import { processTerminal, type Terminal } from './terminal.ts'

// The command line: one answer on stdout, everything else on stderr, and an exit code that says how it went.
const wantsJson = process.argv.includes('--json')

// A reader that has seen enough, such as `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})

const speak: Speak = async (json, act) => {
  const terminal = processTerminal(json)
  try {
    answer(terminal, await act(terminal))
  } catch (error) {
    process.exitCode = await refuse(json, error)
  }
}

function answer(terminal: Terminal, { document, text, exit }: CommandAnswer): void {
  if (terminal.json) process.stdout.write(`${JSON.stringify({ ok: true, ...document })}\n`)
  else if (text !== '') terminal.show(text)
  process.exitCode = exit ?? EXIT.done
}

async function refuse(json: boolean, error: unknown): Promise<number> {
  const { code, message: says, field } = (await asRefusal(error)) ?? inside(error)
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: false, code, says, ...(field === undefined ? {} : { field }) })}\n`)
  } else process.stderr.write(`ballast: ${says}\n`)
  return exitCodeOf(code)
}

function inside(error: unknown): CommandRefusal {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return new CommandRefusal('INTERNAL', 'Ballast failed inside; the lines on stderr say where.')
}

const program = new Command('ballast')
  .description('Size an order, see why, keep the proof. Without a window.')
  .version(version)
  .addHelpText('after', `\n«ballast <command> --help» shows its options and examples.\n\n${EXIT_WORDS}`)
for (const make of commands) program.addCommand(make(speak))

function quiet(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => undefined })
  command.commands.forEach(quiet)
}
quiet(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  if (error.exitCode === 0) process.exitCode = EXIT.done
  else if (error.code === 'commander.help') {
    process.stderr.write(program.helpInformation())
    process.exitCode = EXIT.usage
  } else {
    const says = error.message.replace(/^error: /, '')
    process.exitCode = await refuse(wantsJson, new CommandRefusal('USAGE', `${says}; see --help.`))
  }
}
