import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Instrument, Strategy } from '../../contract/market.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'
import { instant, percent, plain } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { gather, readPairs } from '../read-pairs.ts'
import { table } from '../table.ts'

interface StrategyOptions {
  readonly budget?: string
  readonly fixedQuantity?: string
  readonly method?: string
  readonly disable?: boolean
}

interface InstrumentOptions {
  readonly set?: readonly string[]
  readonly file?: string
}

interface ProfileOptions {
  readonly set?: readonly string[]
}

export const strategy = defineCommand<StrategyOptions>({
  name: 'strategy',
  words: '[code]',
  says: 'List the strategies, or save one.',
  examples: ['book strategy', 'book strategy breakout --budget 0.3 --fixed-quantity 1'],
  options: (command) =>
    void command
      .option('--budget <fraction>', 'share of equity it may use: 0.3 is 30 %')
      .option('--fixed-quantity <units>', 'its own quantity for fixed_qty')
      .option('--method <id>', 'its own sizing method')
      .option('--disable', 'switch it off'),
  action: (terminal, options, code) =>
    withBook(options, terminal, async ({ calls }) => {
      if (code !== undefined) {
        const known = (await calls.market.strategies()).find((one) => one.code === code)
        await calls.market.saveStrategy({
          code,
          budget: options.budget ?? known?.budget ?? null,
          fixedQuantity: options.fixedQuantity ?? known?.fixedQuantity ?? null,
          method: options.method ?? known?.method ?? null,
          enabled: options.disable !== true,
        })
      }
      const strategies = await calls.market.strategies()
      return { document: { strategies }, text: strategyText(strategies) }
    }),
})

export const instrument = defineCommand<InstrumentOptions>({
  name: 'instrument',
  words: '[symbol]',
  says: 'List the instruments, show one, change members of one, or save one from a JSON file.',
  examples: [
    'book instrument',
    'book instrument AAPL --set commissionMinimum=1 --set clusters=tech,us_equity',
    'book instrument --file msft.json --json',
  ],
  options: (command) =>
    void command
      .option('--set <key=value>', 'change a member; several times for several; «null» for none', gather)
      .option('--file <file>', 'a whole specification as JSON'),
  action: (terminal, options, symbol) =>
    withBook(options, terminal, async ({ calls }) => {
      if (options.file !== undefined) {
        const saved = await calls.market.saveInstrument(readJsonFile(options.file) as Instrument)
        return { document: { instrument: saved }, text: `${saved.symbol} is saved.` }
      }
      const all = await calls.market.instruments()
      if (symbol === undefined) return { document: { instruments: all }, text: instrumentText(all) }
      const facts = await calls.market.facts({ symbol })
      if (options.set === undefined) return { document: facts, text: JSON.stringify(facts.instrument, null, 2) }
      const saved = await calls.market.saveInstrument(changed(facts.instrument, readPairs(options.set, '--set')))
      return { document: { instrument: saved }, text: `${saved.symbol} is saved.` }
    }),
})

export const price = defineCommand({
  name: 'price',
  words: '<symbol> <price>',
  says: 'Type a price: it marks positions and prices orders until a newer one is known.',
  examples: ['book price AAPL 224.95'],
  action: (terminal, options, symbol = '', typed = '') =>
    withBook(options, terminal, async ({ calls }) => {
      const facts = await calls.market.typePrice({ symbol, price: typed })
      return { document: facts, text: `${symbol} is ${plain(facts.last.value)} as of ${instant(facts.last.at)}.` }
    }),
})

export const profile = defineCommand<ProfileOptions>({
  name: 'profile',
  words: '[name]',
  says: 'Show the profile, choose another, or change settings of it by path.',
  examples: ['book profile', 'book profile strategy-budgets', 'book profile --set ceilings.risk_per_trade.max=0.01'],
  options: (command) =>
    void command.option('--set <path=value>', 'change a setting; several times for several', gather),
  action: (terminal, options, name) =>
    withBook(options, terminal, async ({ calls }) => {
      let view = name === undefined ? await calls.profile.get() : await calls.profile.choose({ name })
      if (options.set !== undefined) {
        const changes = readPairs(options.set, '--set').map(([path, value]) => ({ path, value }))
        view = await calls.profile.change({ changes })
      }
      const rows = view.settings.map((setting) => [setting.path, setting.value])
      return {
        document: view,
        text: `${view.title} (${view.name}, version ${view.version})\n${table([{ head: 'setting' }, { head: 'value' }], rows)}`,
      }
    }),
})

function strategyText(strategies: readonly Strategy[]): string {
  if (strategies.length === 0) return 'The book has no strategies.'
  const rows = strategies.map((one) => [
    one.code,
    percent(one.budget),
    plain(one.fixedQuantity),
    one.method ?? '–',
    one.enabled ? 'on' : 'off',
  ])
  const right = { align: 'right' } as const
  return table(
    [
      { head: 'Strategy' },
      { head: 'budget', ...right },
      { head: 'quantity', ...right },
      { head: 'method' },
      { head: '' },
    ],
    rows,
    '',
  )
}

function instrumentText(all: readonly Instrument[]): string {
  if (all.length === 0) return 'The book has no instruments.'
  const rows = all.map((one) => [
    one.symbol,
    one.assetClass,
    one.currency,
    one.tickSize,
    one.lotStep,
    one.pointValue,
    one.name,
  ])
  return table(
    ['Symbol', 'class', 'currency', 'tick', 'lot', 'point value', 'name'].map((head) => ({ head })),
    rows,
    '',
  )
}

/** A specification with members replaced; words are read as the kind of value the member has. */
function changed(spec: Instrument, pairs: readonly (readonly [string, string])[]): Instrument {
  const next: Record<string, unknown> = { ...spec }
  for (const [key, value] of pairs) {
    if (!(key in spec)) throw new CommandRefusal('USAGE', `${key} is not a member of a specification.`, key)
    const held = spec[key as keyof Instrument]
    if (value === 'null') next[key] = null
    else if (typeof held === 'boolean') next[key] = value === 'true' ? true : value === 'false' ? false : value
    else if (Array.isArray(held)) next[key] = value === '' ? [] : value.split(',').map((word) => word.trim())
    else next[key] = value
  }
  return next as Instrument
}

function readJsonFile(file: string): unknown {
  let text: string
  try {
    text = readFileSync(resolve(file), 'utf8')
  } catch (error) {
    throw new CommandRefusal(
      'FILE_MISSING',
      `${resolve(file)} cannot be read (${String((error as NodeJS.ErrnoException).code)}).`,
      '--file',
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandRefusal(
      'INPUT_MALFORMED',
      `${file} is not JSON: ${error instanceof Error ? error.message : ''}.`,
      '--file',
    )
  }
}
