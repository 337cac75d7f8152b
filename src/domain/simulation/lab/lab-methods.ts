import type { LabMethod, LabView } from './lab-market.ts'

/** The methods the lab compares, in the order of its table. */
export const LAB_METHODS: readonly LabMethod[] = [
  {
    id: 'fixed_fraction',
    title: 'Fixed 25 %',
    weights: ({ assets, forecast }) => assets.map((_, asset) => 0.25 * Math.sign(forecast[asset] ?? 0)),
  },
  {
    id: 'equal_weight',
    title: 'Equal weight, long',
    weights: ({ assets }) => assets.map(() => 1 / assets.length),
  },
  {
    id: 'vol_target',
    title: 'Volatility target 15 %',
    weights: (view) => each(view, (mu, sigma) => (Math.sign(mu) * dailyTarget(view)) / sigma),
  },
  {
    id: 'kelly_quarter',
    title: 'Quarter Kelly',
    weights: (view) => each(view, (mu, sigma) => (0.25 * mu) / sigma ** 2),
  },
  { id: 'kelly_half', title: 'Half Kelly', weights: (view) => each(view, (mu, sigma) => (0.5 * mu) / sigma ** 2) },
  {
    id: 'kelly_vol',
    title: 'Quarter Kelly or volatility target',
    weights: (view) =>
      each(view, (mu, sigma) => {
        const kelly = (0.25 * mu) / sigma ** 2
        return Math.sign(kelly) * Math.min(Math.abs(kelly), dailyTarget(view) / sigma)
      }),
  },
  {
    id: 'leveraged_kelly',
    title: 'Half Kelly × 4',
    weights: (view) =>
      each(view, (mu, sigma, crypto) => {
        const kelly = Math.max(-1, Math.min(1, (0.5 * mu) / sigma ** 2))
        return crypto ? Math.max(0, kelly) : 4 * kelly
      }),
  },
]

function dailyTarget({ periodsPerYear, assets }: LabView): number {
  // A target for the portfolio: independent assets share it by the root of their number.
  return 0.15 / Math.sqrt(periodsPerYear) / Math.sqrt(assets.length)
}

function each(view: LabView, weight: (mu: number, sigma: number, crypto: boolean) => number): number[] {
  return view.assets.map(({ kind }, asset) =>
    weight(view.forecast[asset] ?? 0, view.volatility[asset] ?? Number.NaN, kind === 'crypto'),
  )
}
