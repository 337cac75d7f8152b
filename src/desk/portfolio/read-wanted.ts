import type { OptimiseInput } from '../../contract/portfolio/optimise.ts'
import { toFloat, type Dec } from '../../domain/kernel/money.ts'
import type { Allowed } from '../../domain/simulation/number-field.ts'
import { DeskRefusal } from '../refusal.ts'
import { figure, figureOr } from '../simulate/read-figures.ts'
import { measureSettings } from '../studies-market.ts'
import type { Workspace } from '../workspace.ts'
import { heldWeights } from './held-weights.ts'
import type { StudyFrame } from './ports.ts'
import { lotWeights } from './lot-weights.ts'
import { knownSymbols, readStudyFrame } from './read-study-frame.ts'
import type { WantedPortfolio } from './wanted-portfolio.ts'

type Typed = OptimiseInput['lambda']

const WEIGHT: Allowed = { from: -20, to: 20 }
/** Returns and volatilities a year beyond this are a mistake in units. */
const RETURN: Allowed = { from: -10, to: 10 }
const NO_LIMIT = null

/** What a portfolio is weighed by, read and checked. Of what is held only the instruments named are weighed; the rest stays. */
export function readWanted(
  workspace: Workspace,
  asked: OptimiseInput,
): { readonly frame: StudyFrame; readonly wanted: WantedPortfolio } {
  const frame = readStudyFrame(workspace, asked)
  const symbols = frame.symbols ?? workspace.book.instruments().map(({ symbol }) => symbol)
  const wanted = { ...readLimits(workspace, asked), present: {}, lots: lotWeights(workspace, symbols) }
  if (asked.start === 'cash') return { frame, wanted }
  return { frame, wanted: { ...wanted, present: heldWeights(workspace).weights } }
}

function readLimits(workspace: Workspace, asked: OptimiseInput): Omit<WantedPortfolio, 'present' | 'lots'> {
  const { profile } = workspace.activeProfile()
  const number = (value: Typed, field: string, usual: number, allowed: Allowed): number =>
    figureOr(value ?? undefined, field, usual, allowed)
  const limit = (value: Typed, field: string, allowed: Allowed): number | null =>
    figureOr(value ?? undefined, field, NO_LIMIT, allowed)
  const each = (values: OptimiseInput['costs'], field: string, allowed: Allowed): Record<string, number> =>
    Object.fromEntries(
      Object.entries(values ?? {}).flatMap(([symbol, value]) =>
        value == null ? [] : [[symbol, figure(value, `${field}.${symbol}`, allowed)]],
      ),
    )
  const [lower, upper] = [number(asked.lower, 'lower', 0, WEIGHT), number(asked.upper, 'upper', 0.2, WEIGHT)]
  inOrder(lower, upper, 'upper')
  const bounds = (asked.bounds ?? []).map((own, i) => {
    const field = `bounds[${i}]`
    const ends = {
      lower: number(own.lower, `${field}.lower`, lower, WEIGHT),
      upper: number(own.upper, `${field}.upper`, upper, WEIGHT),
    }
    inOrder(ends.lower, ends.upper, `${field}.upper`)
    return [own.symbol, ends] as const
  })
  const groups = (asked.groups ?? []).map(({ name, members, min, max }, i) => ({
    name,
    members: knownSymbols(workspace, members),
    ...range(limit(min, `groups[${i}].min`, WEIGHT), limit(max, `groups[${i}].max`, WEIGHT), `groups[${i}].max`),
  }))
  const budget = {
    // The least variance of all is cash: it is asked for what is invested.
    min: number(asked.budget?.min, 'budget.min', asked.method === 'min_variance' ? 1 : 0, WEIGHT),
    max: number(asked.budget?.max, 'budget.max', 1, WEIGHT),
  }
  inOrder(budget.min, budget.max, 'budget.max')
  return {
    method: asked.method,
    correlation: asked.correlation ?? 'denoised',
    lambda: number(asked.lambda, 'lambda', 2, { above: 0, to: 1_000 }),
    riskFree: number(asked.riskFree, 'riskFree', measureSettings(profile).riskFree, { from: -1, to: 1 }),
    cost: number(asked.cost, 'cost', 0.001, { from: 0, to: 1 }),
    costs: each(asked.costs, 'costs', { from: 0, to: 1 }),
    lower,
    upper,
    bounds: Object.fromEntries(bounds),
    groups,
    clusters: asked.clusterCaps === true ? clusterCaps(workspace) : [],
    turnover: limit(asked.turnover, 'turnover', { from: 0, to: 100 }),
    volatilityCap: limit(asked.volatilityCap, 'volatilityCap', { above: 0, to: 10 }),
    topK:
      asked.topK == null
        ? null
        : {
            k: figure(asked.topK.k, 'topK.k', { from: 1, to: 1_000, whole: true }),
            max: figure(asked.topK.max, 'topK.max', WEIGHT),
          },
    gross: limit(asked.gross, 'gross', { from: 0, to: 20 }),
    budget,
    riskBudgets: asked.riskBudgets === undefined ? null : each(asked.riskBudgets, 'riskBudgets', { above: 0, to: 1e6 }),
    expected: each(asked.expected, 'expected', RETURN),
    signals: each(asked.signals, 'signals', { from: -1, to: 1 }),
  }
}

/** The caps of clusters that the profile in force sets, as groups of their instruments. */
function clusterCaps(workspace: Workspace): WantedPortfolio['clusters'] {
  const cluster = workspace.activeProfile().profile.ceilings.get('cluster') as
    { readonly max: Dec; readonly caps: ReadonlyMap<string, Dec> } | undefined
  if (cluster === undefined)
    throw new DeskRefusal(
      'LIMITS_MISSING',
      'The profile in force switches the cluster ceiling off, so it sets no caps: leave clusterCaps out.',
      'clusterCaps',
    )
  const members = new Map<string, string[]>()
  for (const { symbol, clusters } of workspace.book.instruments())
    for (const name of clusters) members.set(name, [...(members.get(name) ?? []), symbol])
  return [...members].map(([name, symbols]) => ({
    name,
    members: symbols,
    max: toFloat(cluster.caps.get(name) ?? cluster.max),
  }))
}

function range(
  min: number | null,
  max: number | null,
  field: string,
): { readonly min?: number; readonly max?: number } {
  if (min !== null && max !== null) inOrder(min, max, field)
  return { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) }
}

function inOrder(least: number, most: number, field: string): void {
  if (least > most)
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      `${field} is ${most}: it must be at least ${least}, the lower end.`,
      field,
    )
}
