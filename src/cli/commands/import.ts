import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { ImportDone, ImportPreview } from '../../contract/imports.ts'
import { asRefusal } from '../as-refusal.ts'
import { makeBook, newBookOptions, type NewBookOptions } from '../book/new-book.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'
import type { DeskClient } from '../desk-client.ts'
import { EXIT, exitCodeOf, type ExitCode } from '../exit-code.ts'
import { previewText } from '../import-text.ts'
import { chooseReading, readUpload, type ReadingOptions } from '../import-reading.ts'
import { dataDirOf, withBook, withDesk, type OpenBook, type SharedOptions } from '../open-book.ts'
import { gather } from '../read-pairs.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends ReadingOptions, NewBookOptions {
  readonly yes?: boolean
  readonly dryRun?: boolean
  readonly onProblem?: string
  readonly create?: boolean
  readonly name?: string
}

/** What became of one file. */
interface FileOutcome {
  readonly file: string
  readonly ok: boolean
  readonly says: string
  readonly code?: string
  readonly field?: string
  readonly preview?: ImportPreview
  readonly imported?: ImportDone
}

export const importFiles = defineCommand<Options>({
  name: 'import',
  words: '<file...>',
  says: 'Import trades, fills, cash flows or bars. The preview is shown first; nothing is written before you say so. Each file is one batch that can be undone.',
  examples: [
    'import statement.xml',
    'import aapl.zip --create --equity 100000 --equity-at 2014-01-02T00:00:00Z --yes',
    'import fills.csv --set dateOrder=dmy --set decimalMark=, --time-zone Europe/Berlin --dry-run --json',
  ],
  options: (command) =>
    void newBookOptions(
      command
        .option('--format <id>', 'format of the file; the best guess where left out')
        .option('--set <key=value>', 'how to read it, several times for several: mapping.price=3, headerLine=2', gather)
        .option('--zone <zone>', 'time zone of times that state none')
        .option('--symbol <symbol>', 'symbol of a file that names none')
        .option('--on-problem <what>', 'skip-rows leaves rows with a problem out, refuse-file writes nothing then')
        .option('--yes', 'write without asking')
        .option('--dry-run', 'show the preview only')
        .option('--create', 'make the paper book where it is not there yet')
        .option('--name <name>', 'name of the book that is made', 'Paper'),
    ),
  action: async (terminal, options, ...files) => {
    if (options.onProblem !== undefined && options.onProblem !== 'skip-rows' && options.onProblem !== 'refuse-file')
      throw new CommandRefusal(
        'USAGE',
        `--on-problem is «${options.onProblem}»: give skip-rows or refuse-file.`,
        '--on-problem',
      )
    const outcomes = await withPaperBook(options, terminal, async ({ calls }) => {
      const done: FileOutcome[] = []
      for (const file of files.filter((word) => word !== undefined))
        done.push(await importOne(calls, terminal, options, file))
      return done
    })
    const failed = outcomes.find(({ ok }) => !ok)
    return {
      document: {
        ok: failed === undefined,
        ...(failed === undefined ? {} : { code: failed.code, says: failed.says, field: failed.field }),
        files: outcomes,
      },
      text: '',
      exit: failed === undefined ? EXIT.done : endOf(failed),
    }
  },
})

async function importOne(calls: DeskClient, terminal: Terminal, options: Options, file: string): Promise<FileOutcome> {
  let preview: ImportPreview | undefined
  try {
    terminal.progress(`reading ${file}`)
    const inspected = await calls.imports.inspect(readUpload(file))
    const { uploadId } = inspected
    const { format, settings } = chooseReading(inspected, options)
    preview = await calls.imports.preview({ uploadId, format, settings })
    terminal.progress(undefined)
    terminal.show(previewText(preview))
    if (options.dryRun === true) return outcome({ says: 'A dry run: nothing was written.' })
    if (preview.counts.fresh === 0 && preview.counts.known > 0 && preview.counts.questions === 0)
      return outcome({ says: 'Everything in this file is in the book already.' })
    const onProblem = await consent(terminal, options, preview, file)
    const imported = await calls.imports.commit({ uploadId, format, settings, previewId: preview.previewId, onProblem })
    imported.conflicts.forEach((says) => terminal.note(`  ! ${says}`))
    return outcome({ says: imported.says, imported })
  } catch (error) {
    terminal.progress(undefined)
    const refused = await asRefusal(error)
    if (refused === undefined) throw error
    terminal.note(`ballast: ${file}: ${refused.message}`)
    const field = refused.field === undefined ? {} : { field: refused.field }
    return {
      file,
      ok: false,
      code: refused.code,
      says: refused.message,
      ...field,
      ...(preview === undefined ? {} : { preview }),
    }
  }

  function outcome(rest: { readonly says: string; readonly imported?: ImportDone }): FileOutcome {
    terminal.show(`${rest.says}\n`)
    return { file, ok: true, ...(preview === undefined ? {} : { preview }), ...rest }
  }
}

/** Whether to write, and what happens to rows with a problem; refuses where nobody says yes. */
async function consent(
  terminal: Terminal,
  options: Options,
  preview: ImportPreview,
  file: string,
): Promise<'skip-rows' | 'refuse-file'> {
  if (!preview.committable) throw new CommandRefusal('QUESTION_OPEN', questionOf(preview), 'settings')
  const { error, question } = preview.problemCounts
  const chosen = options.onProblem as 'skip-rows' | 'refuse-file' | undefined
  if (error + question > 0 && chosen === undefined && (options.yes === true || !terminal.interactive))
    throw new CommandRefusal(
      'FILE_REFUSED',
      `${error + question} problems were found: mend the file, or leave those rows out with --on-problem skip-rows.`,
      '--on-problem',
    )
  if (options.yes === true) return chosen ?? 'refuse-file'
  const leaving = error + question > 0 && chosen !== 'refuse-file' ? ` and leave out those with problems` : ''
  const agreed =
    terminal.interactive &&
    (await terminal.confirm(`Import ${preview.counts.fresh} rows of ${basename(file)}${leaving}?`))
  if (!agreed)
    throw new CommandRefusal(
      'NOT_CONFIRMED',
      'Nothing was written: add --yes to import what the preview shows.',
      '--yes',
    )
  return chosen ?? 'skip-rows'
}

function questionOf(preview: ImportPreview): string {
  const open = preview.problems.find(({ severity }) => severity === 'question')
  if (open === undefined) return preview.says
  const answer = open.setting === null ? '' : ` Answer with --set ${open.setting}=${open.choices[0] ?? '…'}.`
  return `${open.says} ${open.proposal}${answer}`
}

function endOf({ code = 'INTERNAL' }: FileOutcome): ExitCode {
  return code === 'NOT_CONFIRMED' ? EXIT.notConfirmed : exitCodeOf(code)
}

/** The named book or the one opened last; with --create the paper book, made where it is not there. */
async function withPaperBook<T>(
  options: Options & SharedOptions,
  terminal: Terminal,
  work: (book: OpenBook) => Promise<T>,
): Promise<T> {
  if (options.create !== true) return withBook(options, terminal, work)
  const dataDir = await dataDirOf(options)
  const path = resolve(options.book ?? join(dataDir, 'paper.ballast'))
  if (existsSync(path)) return withDesk({ dataDir, bookPath: path }, terminal, work)
  return withDesk({ dataDir, bookPath: null, newBookPath: path }, terminal, async (book) => {
    const made = await makeBook(book.calls, options.name ?? 'Paper', 'paper', options)
    terminal.note(`${made.name} was made in ${path}.`)
    return work(book)
  })
}
