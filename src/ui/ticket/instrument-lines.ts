import type { InstrumentFacts } from '../../contract/market.ts'
import type { Decision } from '../../contract/sizing.ts'
import { moneyText, numberText, percentText } from '../format/number-text.ts'
import { isDecimalText } from '../format/ratio.ts'

/** What the ticket says of the instrument, as names and values. */
export function instrumentLines(
  facts: InstrumentFacts,
  decision: Decision | undefined,
  currency: string,
): { name: string; value: string }[] {
  const { instrument, tickValue, atr } = facts
  const tick = tickValue === null ? '' : ` = ${numberText(tickValue, { leastPlaces: 2, places: 2 })}`
  return [
    { name: 'Tick', value: `${numberText(instrument.tickSize)}${tick}` },
    { name: 'Lot', value: `${numberText(instrument.lotStep)}, least ${numberText(instrument.minQuantity)}` },
    { name: 'Margin', value: margin(facts) },
    { name: 'Fees', value: fees(facts) },
    { name: 'Slippage', value: `${numberText(instrument.slippageTicks)} tk` },
    { name: 'Spread', value: numberText(instrument.spread) },
    ...(atr.value !== null && isDecimalText(atr.value)
      ? [{ name: 'ATR', value: numberText(atr.value, { places: 4 }) }]
      : []),
    ...(instrument.expires === null ? [] : [{ name: 'Expires', value: instrument.expires }]),
    { name: 'At stop, each', value: decision?.lossPerUnit == null ? '–' : moneyText(decision.lossPerUnit, currency) },
    { name: 'Cluster', value: instrument.clusters.length === 0 ? 'none' : instrument.clusters.join(', ') },
  ]
}

function margin({ instrument }: InstrumentFacts): string {
  if (instrument.marginPerUnit !== null) return `${numberText(instrument.marginPerUnit, { leastPlaces: 2 })} each`
  return instrument.marginRate === null ? 'whole value' : percentText(instrument.marginRate, 1)
}

function fees({ instrument }: InstrumentFacts): string {
  const each = numberText(instrument.commissionPerUnit, { leastPlaces: 2 })
  const rate = /[1-9]/.test(instrument.commissionRate) ? ` + ${percentText(instrument.commissionRate, 3)}` : ''
  return `${each} each${rate}`
}
