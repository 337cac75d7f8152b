import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { valueBook } from '../../../../src/domain/book.ts'
import { decide } from '../../../../src/domain/governor/decide.ts'
import type { DecisionBody } from '../../../../src/domain/governor/decision.ts'
import type { BookInput, EdgeInput } from '../../../../src/domain/inputs.ts'
import type { MarketStudy, Studies } from '../../../../src/domain/studies.ts'
import { book, inputs, NOW, profileOf, rawProfile, reading, type Told } from '../../../support/sizing-fixtures.ts'

const PAGE = fileURLToPath(new URL('../../../../docs/profiles.md', import.meta.url))

/** A source's own example, decided by its shipped profile as it stands. */
export function example(profile: string, told: Told, held: Partial<BookInput> = {}): DecisionBody {
  return decide(inputs(told), valueBook(book(held)), profileOf(rawProfile(profile)))
}

/** Studies with what an example states, and nothing else. */
export function studies(market: Partial<Record<keyof MarketStudy, string>>, more: Partial<Studies> = {}): Studies {
  const none = reading(null)
  const of = (name: keyof MarketStudy) => (market[name] === undefined ? none : reading(market[name]))
  return {
    market: {
      volatility: of('volatility'),
      volatilityLow: of('volatilityLow'),
      volatilityHigh: of('volatilityHigh'),
      expectedReturn: of('expectedReturn'),
      atrMean: of('atrMean'),
      averageDailyVolume: of('averageDailyVolume'),
      liquidity: of('liquidity'),
    },
    correlation: null,
    sensors: [],
    regime: null,
    lastProfits: [],
    propFirm: null,
    ...more,
  }
}

/** Closed trades by their counts and means. */
export function edge(wins: number, losses: number, meanWin: string, meanLoss: string): EdgeInput {
  return {
    scope: 'the strategy',
    window: '30 days',
    from: NOW - 30 * 86_400_000,
    to: NOW,
    wins,
    losses,
    scratches: 0,
    meanWin,
    meanLoss,
    source: 'example',
  }
}

/** A decision as the profile page prints it: how the size was proposed and adjusted, the tightest limits, the end. */
export function printed({ symbol, side, quantity, binding, outcome, steps, ladder, says }: DecisionBody): string {
  const told = steps.filter(({ stage }) => ['validate', 'propose', 'adjust'].includes(stage))
  const lines = told
    .filter(({ rule }) => rule !== 'request')
    .map(({ stage, title, after, says: sentence }) => `${stage.padEnd(8)} ${title} → ${after}: ${sentence}`)
  const rungs = ladder
    .filter(({ allows }) => allows !== null)
    .slice(0, 4)
    .map(({ title, allows, says: sentence }) => `ceiling  ${title} allows ${allows ?? ''}: ${sentence}`)
  const end = `${outcome}: ${side ?? ''} ${quantity} ${symbol}${binding === null ? '' : `, bound by ${binding}`}. ${says}`
  return [...lines, ...rungs, end].join('\n')
}

/** The block of the profile page that shows an example. `BALLAST_WRITE_DOCS=1` writes it anew first. */
export function onThePage(name: string, decision: DecisionBody): string | undefined {
  const block = new RegExp(`(\`\`\`text ${name}\\n)((?:(?!\`\`\`)[\\s\\S])*?)(\\n\`\`\`)`)
  if (process.env['BALLAST_WRITE_DOCS'] === '1') {
    const text = readFileSync(PAGE, 'utf8')
    writeFileSync(
      PAGE,
      text.replace(block, (_, open: string, __: string, close: string) => open + printed(decision) + close),
    )
  }
  return block.exec(readFileSync(PAGE, 'utf8'))?.[2]
}
