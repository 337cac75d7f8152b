import type { RunRecord } from '../../contract/simulation/kept.ts'
import { numberText, percentText } from '../format/number-text.ts'
import { momentText } from '../format/time-text.ts'
import { ratioText } from './fan-scene.ts'
import { chanceText } from './simulate-words.ts'

/** What a kept run was and found, line by line. */
export function recordFacts({ at, found }: RunRecord, zone: string): readonly { name: string; value: string }[] {
  const { digest, seed, engine, paths, trades, ruin, growthPerTrade, finalEquity, maxDrawdown, milliseconds } = found
  const median = found.shares.indexOf(0.5)
  return [
    { name: 'Digest', value: digest },
    { name: 'Seed', value: String(seed) },
    { name: 'Engine', value: engine },
    { name: 'Run at', value: momentText(at, zone) },
    { name: 'Paths, trades', value: `${numberText(String(paths))}, ${numberText(String(trades))}` },
    { name: 'Took', value: `${numberText(milliseconds, { mostPlaces: 0 })} ms` },
    { name: 'P(ruin)', value: ruin === null ? '–' : chanceText(ruin.probability) },
    { name: 'Growth a trade', value: percentText(growthPerTrade.value, 3, true) },
    { name: 'Median final', value: `× ${ratioText(finalEquity.quantiles[median] ?? Number.NaN)}` },
    { name: 'Median drawdown', value: percentText(maxDrawdown.quantiles[median] ?? 0, 1) },
  ]
}
