import type { RunInput } from '../../contract/simulation/input.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand, type CommandAnswer } from '../define-command.ts'
import type { SharedOptions } from '../open-book.ts'
import { readPart, readShard, writePart, type PartInFile, type Shard } from '../simulate/part-file.ts'
import { runDocument, runText } from '../simulate/run-answer.ts'
import { present } from '../simulate/model-options.ts'
import { readAskedRun, runOptions, workersOf, type RunOptions } from '../simulate/run-options.ts'
import { followed, withSimulator } from '../simulate/with-simulator.ts'
import { isGroup } from '../simulate/json-input.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends RunOptions {
  readonly shard?: string
  readonly out?: string
}

/** Simulates a staking policy, a shard of it, or joins shards. */
export const mc = defineCommand<Options>({
  name: 'mc',
  words: '[merge] [files...]',
  says: 'Simulate a staking policy, or join the parts of one with «merge». The run comes as options, or as JSON on stdin.',
  examples: [
    'mc --model winloss --p 0.55 --b 1.2 --staking fixed_fraction --fraction 0.02 --floor 0.5',
    'mc --model book --strategy breakout --staking kelly_trades --paths 100000 --json',
    'mc --json < run.json',
    'mc --shard 3/7 --json < run.json > part-3.json',
    'mc merge part-*.json',
  ],
  options: (command) =>
    void runOptions(command)
      .option('--shard <i/n>', 'only the paths of shard i of n, as a part that «merge» joins')
      .option('--out <file>', 'write the part to a file'),
  action: async (terminal, options, first, ...files) => {
    if (first === 'merge') return merged(terminal, options, files)
    if (first !== undefined)
      throw new CommandRefusal('USAGE', `«${first}» is not understood: «merge» and its files alone may stand here.`)
    const shard = options.shard === undefined ? undefined : readShard(options.shard)
    if (shard === undefined && options.out !== undefined)
      throw new CommandRefusal('USAGE', '--out takes a part: it goes with --shard.', '--out')
    // What it holds is for the contract to judge.
    const run = (await readAskedRun(terminal, options)) as unknown as RunInput
    const needsBook = run.record === true || (isGroup(run.model) && run.model['kind'] === 'book')
    const how = { needsBook, ...workersOf(options) }
    if (shard !== undefined) return sharded(terminal, options, how, run, shard)
    return withSimulator(options, terminal, how, async (calls) => {
      const result = await followed(terminal, await calls.simulation.run(run))
      return { document: runDocument(result), text: runText(result) }
    })
  },
})

function sharded(
  terminal: Terminal,
  options: Options & SharedOptions,
  how: { readonly needsBook: boolean; readonly simulators?: number },
  run: RunInput,
  { shard, shards }: Shard,
): Promise<CommandAnswer> {
  return withSimulator(options, terminal, how, async (calls) => {
    const { first, count, part } = await calls.simulation.shard({ run, shard, shards })
    const paths = `paths ${first} to ${first + count - 1}`
    const facts = { shard, shards, first, count, ...present({ startingEquity: run.startingEquity }) }
    if (options.out === undefined) {
      const text = `Shard ${shard} of ${shards}, ${paths}: send it to a file with --out FILE or --json.`
      return { document: { ...facts, part }, text }
    }
    writePart(options.out, { ...facts, part })
    return { document: { ...facts, file: options.out }, text: `Shard ${shard} of ${shards}, ${paths}: ${options.out}` }
  })
}

function merged(
  terminal: Terminal,
  options: Options & SharedOptions,
  files: readonly (string | undefined)[],
): Promise<CommandAnswer> {
  const parts = files.flatMap((file) => (file === undefined ? [] : [readPart(file)]))
  if (parts.length === 0) throw new CommandRefusal('USAGE', 'merge needs the files of the parts.', 'files')
  return withSimulator(options, terminal, { needsBook: false, ...workersOf(options) }, async (calls) => {
    const startingEquity = equityOf(parts)
    const result = await calls.simulation.merge({
      parts: parts.map(({ part }) => part),
      ...(startingEquity === undefined ? {} : { startingEquity }),
    })
    return { document: runDocument(result), text: runText(result) }
  })
}

/** The equity that the parts begin with: one and the same for all of a run. */
function equityOf(parts: readonly PartInFile[]): string | undefined {
  const [first, ...others] = new Set(parts.map(({ startingEquity }) => startingEquity))
  if (others.length === 0) return first
  const says = `The parts begin with different equities, ${[first, ...others].map((one = '1') => one).join(', ')}: they are of different runs.`
  throw new CommandRefusal('SPEC_MISMATCH', says, 'files')
}
