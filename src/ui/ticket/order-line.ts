import type { Decision } from '../../contract/sizing.ts'

/** An order and its size in one line with plain digits, for the trader's own terminal. */
export function orderLine(decision: Decision): string {
  const price = (name: string, value: string | null): string => (value === null ? '' : `, ${name} ${value}`)
  const side = decision.side === 'sell' ? 'SELL' : 'BUY'
  const prices = price('entry', decision.entry) + price('stop', decision.stop) + price('target', decision.target)
  return `${side} ${decision.quantity} ${decision.symbol}${prices}`
}
