import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { auditLines, type ExportFormat } from '../audit-lines.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand, groupCommands } from '../define-command.ts'
import { EXIT } from '../exit-code.ts'
import { withBook } from '../open-book.ts'

interface VerifyOptions {
  readonly requireAnchor?: boolean
}

interface ExportOptions {
  readonly out?: string
  readonly format?: string
}

const verify = defineCommand<VerifyOptions>({
  name: 'verify',
  says: 'Walk the whole audit log and compare it with its journal.',
  examples: ['audit verify', 'audit verify --require-anchor --json'],
  options: (command) =>
    void command.option(
      '--require-anchor',
      `end with exit code ${EXIT.auditBroken} where the log is not anchored up to now`,
    ),
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const verdict = await calls.audit.verify()
      const good =
        verdict.verdict === 'verified-anchored' ||
        (verdict.verdict === 'verified-not-anchored' && options.requireAnchor !== true)
      return {
        document: verdict,
        text: [verdict.says, ...(verdict.head === null ? [] : [`head ${verdict.head}`])].join('\n'),
        exit: good ? EXIT.done : EXIT.auditBroken,
      }
    }),
})

const exportRows = defineCommand<ExportOptions>({
  name: 'export',
  says: 'Write every row of the audit log, oldest first: JSON lines that anybody can check, or CSV for a spreadsheet.',
  examples: ['audit export --out audit.jsonl', 'audit export --format csv --out audit.csv'],
  options: (command) =>
    void command
      .option('--out <file>', 'a new file; stdout where left out')
      .option('--format <format>', 'jsonl or csv', 'jsonl'),
  action: (terminal, options) =>
    withBook(options, terminal, async ({ opened }) => {
      const format = formatOf(options.format)
      if (options.out === undefined) {
        if (terminal.json) return { document: { rows: [...opened.auditRows()] }, text: '' }
        await terminal.pour(auditLines(opened.auditRows(), format))
        return { document: {}, text: '' }
      }
      const file = resolve(options.out)
      let rows = 0
      let head = ''
      const counted = function* (): Generator<
        ReturnType<typeof opened.auditRows> extends Iterable<infer Row> ? Row : never
      > {
        for (const row of opened.auditRows()) {
          rows += 1
          head = row.hash
          yield row
        }
      }
      writeNew(file, [...auditLines(counted(), format)].join(''))
      return { document: { file, format, rows, head }, text: `${rows} rows were written to ${file}; head ${head}` }
    }),
})

export const audit = groupCommands('audit', 'Verify and export the audit log.', [verify, exportRows])

function formatOf(word: string | undefined): ExportFormat {
  if (word === 'jsonl' || word === 'csv') return word
  throw new CommandRefusal('USAGE', `--format is «${word ?? ''}»: give jsonl or csv.`, '--format')
}

/** An export never takes the place of a file that is there. */
function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new CommandRefusal(
      code === 'EEXIST' ? 'CONFLICT' : 'FILE_UNWRITABLE',
      code === 'EEXIST' ? `${file} is there already: name a new file.` : `${file} cannot be written (${String(code)}).`,
      '--out',
    )
  }
}
