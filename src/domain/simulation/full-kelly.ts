import { growthOptimalFraction } from '../edge/log-growth.ts'
import type { Model } from './model.ts'
import { portfolioMoments } from './settle-returns.ts'

/**
 * The growth-optimal fraction of a model after `cost` per trade: exact for outcomes in R, (μ − cost)/σ² for returns. 0 where
 * there is no edge; `undefined` where nothing ever loses, since growth is then unbounded.
 */
export function fullKelly(model: Model, cost: number): number | undefined {
  switch (model.kind) {
    case 'winloss': {
      const win = model.payoff - cost
      const loss = 1 + cost
      if (win <= 0) return 0
      return Math.max(0, model.winProbability / loss - (1 - model.winProbability) / win)
    }
    case 'bootstrap':
      return growthOptimalFraction(model.returns.map((r) => r - cost))
    case 'gaussian':
    case 'student-t': {
      const { mean, variance } = portfolioMoments(model)
      if (mean <= cost) return 0
      return variance > 0 ? (mean - cost) / variance : undefined
    }
  }
}
