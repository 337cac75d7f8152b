import type { DecisionRow } from '../../contract/decisions.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand, type CommandAnswer } from '../define-command.ts'
import type { DeskClient } from '../desk-client.ts'
import { EXIT } from '../exit-code.ts'
import { withBook } from '../open-book.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  readonly all?: boolean
}

interface DecisionPage {
  readonly rows: readonly DecisionRow[]
  readonly total: number
}

/** Most decisions asked for at a time. */
const PAGE = 500

export const replay = defineCommand<Options>({
  name: 'replay',
  words: '[id]',
  says: 'Decide again from the stored snapshot and compare every byte.',
  examples: ['replay 01a1f842-21a0-7000-9e4c-6385f7d39a6b', 'replay --all --json'],
  options: (command) => void command.option('--all', 'every decision of the book'),
  action: (terminal, options, decisionId) => {
    if ((decisionId === undefined) === (options.all !== true))
      throw new CommandRefusal('USAGE', 'Name one decision to replay, or give --all.', 'id')
    return withBook(options, terminal, ({ calls }) =>
      decisionId === undefined ? replayAll(calls, terminal) : replayOne(calls, decisionId),
    )
  },
})

async function replayOne(calls: DeskClient, decisionId: string): Promise<CommandAnswer> {
  const replayed = await calls.decisions.replay({ decisionId })
  const differing = replayed.differences.map(({ path, stored, now }) => `  ${path}: ${stored} → ${now}`)
  return {
    document: replayed,
    text: [replayed.says, ...differing].join('\n'),
    exit: replayed.identical ? EXIT.done : EXIT.replayDiffers,
  }
}

async function replayAll(calls: DeskClient, terminal: Terminal): Promise<CommandAnswer> {
  const differing: { decisionId: string; says: string }[] = []
  let replayed = 0
  for await (const { decisionId, total } of everyDecision(calls)) {
    const { identical, says } = await calls.decisions.replay({ decisionId })
    if (!identical) differing.push({ decisionId, says })
    replayed += 1
    if (replayed % 50 === 0) terminal.progress(`${replayed} of ${total} decisions replayed`)
  }
  terminal.progress(undefined)
  const identical = replayed - differing.length
  return {
    document: { replayed, identical, differing },
    text: [
      `${identical} of ${replayed} decisions gave the same bytes again.`,
      ...differing.map(({ decisionId, says }) => `  ${decisionId}  ${says}`),
    ].join('\n'),
    exit: differing.length === 0 ? EXIT.done : EXIT.replayDiffers,
  }
}

async function* everyDecision(calls: DeskClient): AsyncGenerator<{ decisionId: string; total: number }, void> {
  let next: Parameters<DeskClient['decisions']['list']>[0] = {}
  for (;;) {
    const page: DecisionPage = await calls.decisions.list({ limit: PAGE, ...next })
    for (const { decisionId } of page.rows) yield { decisionId, total: page.total }
    const last = page.rows.at(-1)
    if (last === undefined || page.rows.length < PAGE) return
    next = { beforeSeq: last.seq }
  }
}
