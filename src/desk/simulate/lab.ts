import type { LabInput, LabResult, LabRow } from '../../contract/simulation/lab.ts'
import { LAB_TERMS, type LabMarket, type LabTerms } from '../../domain/simulation/lab/lab-market.ts'
import { LAB_METHODS } from '../../domain/simulation/lab/lab-methods.ts'
import { compareRebalancing } from '../../domain/simulation/lab/rebalancing.ts'
import { runLab } from '../../domain/simulation/lab/run-lab.ts'
import { skillExample } from '../../domain/simulation/lab/skill-example.ts'
import { Z_95 } from '../../domain/stats/wilson.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { readForecasts } from './lab-csv.ts'
import { labRow, thinned } from './lab-row.ts'
import { labOnTrades } from './lab-trades.ts'
import { variantsOf } from './lab-variants.ts'
import { figure, figureOr } from './read-figures.ts'

/** Days of the example where none are named: four years, over which luck fades. */
const EXAMPLE_DAYS = 1_008
/** Of what is traded, where the comparison names no cost: without one, more often is never worse. */
const REBALANCING_COST = 0.001

/** Compares methods on the book's trades, on forecasts of a file, or on the bundled example. */
export function runLabOn(workspace: Workspace, { on, terms, variants }: LabInput): LabResult {
  const tried = figureOr(variants, 'variants', undefined, { from: 1, to: 1_000_000, whole: true })
  if (on.from === 'trades' && terms !== undefined) {
    const says = 'terms are of forecasts; closed trades in R bore their own costs and limits: leave terms out.'
    throw new DeskRefusal('UNIT_MISMATCH', says, 'terms')
  }
  const began = workspace.options.ambient.now()
  const result = on.from === 'trades' ? labOnTrades(workspace, on, tried) : labOnForecasts(on, termsOf(terms), tried)
  refuseBoundless(result.rows)
  return { ...result, milliseconds: workspace.options.ambient.now() - began }
}

/** Compounded for long enough, what is too good to be true passes the largest number there is. */
function refuseBoundless(rows: readonly LabRow[]): void {
  const endless = rows.find(({ equity, ...measures }) =>
    [...equity, ...Object.values(measures)].some((value) => typeof value === 'number' && !Number.isFinite(value)),
  )
  if (endless === undefined) return
  const says = `${endless.title} compounds beyond any number on this history: shorten it, or look for an error in its returns.`
  throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, 'on')
}

function labOnForecasts(
  on: Exclude<LabInput['on'], { from: 'trades' }>,
  terms: LabTerms,
  tried: number | undefined,
): Omit<LabResult, 'milliseconds'> {
  const { market, says } = on.from === 'csv' ? readForecasts(on.text) : exampleOf(on)
  const report = runLab(market, LAB_METHODS, terms, variantsOf(tried, LAB_METHODS.length))
  const { steps, at } = thinned(market.returns.length)
  return {
    says: `${says} ${luck(market.returns.length / market.periodsPerYear)}`,
    periods: market.returns.length,
    periodsPerYear: market.periodsPerYear,
    assets: market.assets.map(({ symbol }) => symbol),
    steps,
    rows: report.results.map((result) => labRow(result, at)),
    variants: report.variants,
    lookAhead: { ...report.lookAhead, says: [...report.lookAhead.says] },
    rebalancing: rebalancingOf(market, terms),
    leftOut: [],
  }
}

function rebalancingOf(market: LabMarket, terms: LabTerms): LabResult['rebalancing'] {
  const cost = terms.cost === 0 ? REBALANCING_COST : terms.cost
  const { every, rows } = compareRebalancing(market, LAB_METHODS, { ...terms, cost })
  return {
    every: [...every],
    cost,
    rows: rows.map(({ id, growth, turnover }) => ({ id, growth: [...growth], turnover: [...turnover] })),
  }
}

/** How far from zero a Sharpe ratio may be by chance: its standard error is about one over the root of the years. */
function luck(years: number): string {
  const reach = (Z_95 / Math.sqrt(years)).toFixed(1)
  return `Luck alone gives Sharpe ratios from −${reach} to ${reach} over that time.`
}

function exampleOf(on: Extract<LabInput['on'], { from: 'example' }>): {
  market: ReturnType<typeof skillExample>
  says: string
} {
  const skill = figure(on.skill, 'on.skill', { from: 0, to: 1 })
  const days = figureOr(on.days, 'on.days', EXAMPLE_DAYS, { from: 2, to: 5_040, whole: true })
  const seed = figureOr(on.seed, 'on.seed', 1, { from: 0, to: Number.MAX_SAFE_INTEGER, whole: true })
  const share = skill === 0 ? 'know nothing of it' : `contain ${skill} of the return they are for`
  return {
    market: skillExample(skill, days, seed),
    says: `${days} synthetic days; the forecasts ${share}, and noise for the rest.`,
  }
}

function termsOf(given: LabInput['terms'] = {}): LabTerms {
  const term = (name: keyof LabTerms): number =>
    figureOr(given[name], `terms.${name}`, LAB_TERMS[name], { from: 0, to: 1000 })
  return {
    assetCap: term('assetCap'),
    intradayLeverage: term('intradayLeverage'),
    overnightLeverage: term('overnightLeverage'),
    interest: term('interest'),
    cost: term('cost'),
  }
}
