import type { Decision, Rung, Step } from '../../contract/sizing.ts'
import type { ChangeableInput, WhatIf } from '../../contract/what-if.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'
import { money, percent, plain } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { table } from '../table.ts'

interface Options {
  readonly set?: readonly string[]
  readonly list?: boolean
}

export const whatIf = defineCommand<Options>({
  name: 'what-if',
  words: '<id>',
  says: 'Decide a stored decision again with other inputs, beside what was recorded. Nothing is recorded.',
  examples: [
    'what-if 01a1f842-21a0-7000-9e4c-6385f7d39a6b --set request.stop=210 account.equity=50000',
    'what-if 01a1f842-21a0-7000-9e4c-6385f7d39a6b --set profile.ceilings.risk_per_trade.max=0.005 --json',
    'what-if 01a1f842-21a0-7000-9e4c-6385f7d39a6b --list',
  ],
  options: (command) =>
    void command
      .option('--set <path=value...>', 'inputs to change; an empty value takes one away')
      .option('--list', 'the inputs that can be changed, with their values'),
  action: (terminal, options, decisionId = '') => {
    const changes = (options.set ?? []).map(changeOf)
    return withBook(options, terminal, async ({ calls }) => {
      if (options.list === true) {
        const inputs = await calls.whatIf.inputs({ decisionId })
        return { document: { inputs }, text: inputsText(inputs) }
      }
      const answer = await calls.whatIf.decide({ decisionId, changes })
      return { document: answer, text: whatIfText(answer) }
    })
  },
})

function changeOf(word: string): { path: string; value: string | null } {
  const at = word.indexOf('=')
  if (at < 1) throw new CommandRefusal('USAGE', `--set is «${word}»: give it as path=value.`, '--set')
  const value = word.slice(at + 1)
  return { path: word.slice(0, at), value: value === '' ? null : value }
}

function inputsText(inputs: readonly ChangeableInput[]): string {
  const rows = inputs.map(({ path, value, group, title }) => [path, value ?? '–', `${group}: ${title}`])
  return table([{ head: 'path' }, { head: 'value' }, { head: 'input' }], rows, '')
}

function whatIfText({ mark, changes, stored, whatIf: other, steps, ladder }: WhatIf): string {
  const changed = changes.map(
    ({ group, title, from, to }) => `  ${group}: ${title}  ${from ?? 'not set'} → ${to ?? 'not set'}`,
  )
  return [
    `${mark}, not recorded${changed.length === 0 ? ': nothing is changed' : `\n${changed.join('\n')}`}`,
    `Stored   ${stored.says}\nWhat if  ${other.says}`,
    table(SIDES, figures(stored, other)),
    `Ladder: the quantity each limit allows\n${table(
      SIDES,
      ladder.map((pair) => [
        star(allows(pair.stored) !== allows(pair.whatIf)),
        pair.title,
        allows(pair.stored),
        allows(pair.whatIf),
      ]),
    )}`,
    `Steps\n${table(
      [...SIDES, { head: 'why' }],
      steps.map((pair) => [
        star(reads(pair.stored) !== reads(pair.whatIf)),
        pair.title,
        result(pair.stored),
        result(pair.whatIf),
        reads(pair.stored) === reads(pair.whatIf) ? '' : (pair.whatIf?.says ?? 'No longer a step.'),
      ]),
    )}`,
  ].join('\n\n')
}

const SIDES = [
  { head: '' },
  { head: '' },
  { head: 'stored', align: 'right' },
  { head: 'what if', align: 'right' },
] as const

const star = (changed: boolean): string => (changed ? '*' : '')
const allows = (rung: Rung | null): string => (rung === null ? '–' : rung.allows === null ? 'open' : plain(rung.allows))

const reads = (step: Step | null): string => `${result(step)} ${step?.says ?? ''}`

function figures(stored: Decision, other: Decision): string[][] {
  const row = (name: string, of: (decision: Decision) => string): string[] => [
    star(of(stored) !== of(other)),
    name,
    of(stored),
    of(other),
  ]
  return [
    row('Size', ({ quantity }) => plain(quantity)),
    row('Outcome', ({ outcome }) => outcome),
    row('Set by', ({ binding }) => binding ?? '–'),
    row('Proposed', ({ proposed }) => plain(proposed)),
    row('Value', ({ notional }) => money(notional)),
    row('Loss at the stop', ({ riskAmount }) => money(riskAmount)),
    row('Of equity', ({ riskFraction }) => percent(riskFraction, 3)),
  ]
}

function result(step: Step | null): string {
  if (step === null) return '–'
  if (step.stage === 'gate') return step.passed ? 'passed' : 'blocked'
  if (step.factor !== null) return `× ${plain(step.factor)}`
  return plain(step.ceiling ?? step.after)
}
