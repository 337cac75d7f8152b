import type { BasketInput, BasketView, ExposureChange } from '../../contract/portfolio/plan.ts'
import type { LimitReading } from '../../contract/limits.ts'
import type { Book } from '../../domain/book.ts'
import { divide, magnitude, NO_MONEY, rounded, type Dec } from '../../domain/kernel/money.ts'
import { readLimits } from '../limit-readings.ts'
import { measureSettings } from '../studies-market.ts'
import type { Workspace } from '../workspace.ts'
import { bookFigures } from './book-figures.ts'
import { decideInTurn } from './decide-in-turn.ts'
import { heldWeights, weightsOf } from './held-weights.ts'
import { plannedDecision } from './planned-decision.ts'
import { readLookBack, studyInstant } from './read-study-frame.ts'

/** What several hypothetical orders would do together: exposures, volatility and limits before and after. Nothing is recorded. */
export async function lookAtBasket(workspace: Workspace, { orders, lookback }: BasketInput): Promise<BasketView> {
  const lookBack = readLookBack(lookback)
  const named = orders.flatMap(({ symbol }) => (typeof symbol === 'string' ? [symbol.trim()] : []))
  const symbols = [...new Set([...named, ...Object.keys(heldWeights(workspace).weights)])]
    .filter((symbol) => workspace.book.instrument(symbol) !== undefined)
    .sort()
  const frame = { at: studyInstant(workspace), symbols, lookBack, linkage: 'average' as const }
  const studied =
    symbols.length === 0
      ? undefined
      : await workspace.markets.work(workspace.book, { kind: 'figures', frame, correlation: 'denoised' })
  const held = heldWeights(workspace)
  const {
    before,
    after,
    orders: decided,
  } = await decideInTurn(
    workspace,
    orders.map((request) => ({ request })),
  )
  const market = studied?.ok === true ? studied.value : undefined
  const { riskFree } = measureSettings(held.profile)
  const figuresOf = (book: Book): BasketView['before'] =>
    bookFigures(weightsOf(book, held.equity), market, {}, riskFree)
  const limitsOf = (book: Book): readonly LimitReading[] =>
    readLimits(workspace, held.account, book, held.profile, held.equity)
  const allowed = decided.filter(({ body }) => body.outcome !== 'rejected').length
  return {
    at: held.at,
    currency: held.account.currency,
    orders: decided.map(({ body }) => ({ ...plannedDecision(body), symbol: body.symbol, side: body.side })),
    bySymbol: changes(before, after, held.equity, ({ input }) => [input.symbol]),
    byCluster: changes(before, after, held.equity, ({ instrument }) => instrument.clusters),
    before: figuresOf(before),
    after: figuresOf(after),
    limits: limitChanges(limitsOf(before), limitsOf(after)),
    unknown: [
      ...after.unknown.map(({ says }) => says),
      ...(studied?.ok === false ? [`Volatility is not known: ${studied.error.says}`] : []),
      ...(market?.leftOut ?? []).map(({ symbol, says }) => `${symbol} was not studied: ${says}.`),
    ],
    says: `${allowed} of ${decided.length} orders would be allowed together, at least in part.`,
  }
}

function changes(
  before: Book,
  after: Book,
  equity: Dec,
  namesOf: (position: Book['positions'][number]) => readonly string[],
): ExposureChange[] {
  const [was, is] = [linesOf(before, equity, namesOf), linesOf(after, equity, namesOf)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }))
}

type Line = NonNullable<ExposureChange['before']>

function linesOf(
  book: Book,
  equity: Dec,
  namesOf: (position: Book['positions'][number]) => readonly string[],
): ReadonlyMap<string, Line> {
  const sums = new Map<string, { gross: Dec; net: Dec }>()
  for (const position of book.positions) {
    for (const name of namesOf(position)) {
      const sofar = sums.get(name) ?? { gross: NO_MONEY, net: NO_MONEY }
      sums.set(name, {
        gross: sofar.gross.plus(magnitude(position.notional)),
        net: sofar.net.plus(position.notional),
      })
    }
  }
  return new Map(
    [...sums].map(([name, { gross, net }]) => [
      name,
      { name, gross: rounded(gross), net: rounded(net), share: rounded(divide(gross, equity)) },
    ]),
  )
}

function limitChanges(before: readonly LimitReading[], after: readonly LimitReading[]): BasketView['limits'] {
  const keyOf = ({ rule, title, subject }: LimitReading): string => JSON.stringify([rule, title, subject])
  const [was, is] = [new Map(before.map((one) => [keyOf(one), one])), new Map(after.map((one) => [keyOf(one), one]))]
  const use = (one: LimitReading | undefined): number => Number(one?.utilisation ?? -1)
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort((a, b) => Math.max(use(is.get(b)), use(was.get(b))) - Math.max(use(is.get(a)), use(was.get(a))))
    .flatMap((key) => {
      const one = is.get(key) ?? was.get(key)
      return one === undefined
        ? []
        : [
            {
              rule: one.rule,
              title: one.title,
              subject: one.subject,
              before: was.get(key) ?? null,
              after: is.get(key) ?? null,
            },
          ]
    })
}
