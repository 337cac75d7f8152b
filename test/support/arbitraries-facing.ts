import type { PositionInput } from '../../src/domain/inputs.ts'

export function facing(position: PositionInput, side: 'buy' | 'sell'): PositionInput {
  const size = position.quantity.replace('-', '')
  return side === 'buy' ? position : { ...position, quantity: `-${size}`, stop: null }
}

export function opposite(side: 'buy' | 'sell'): 'buy' | 'sell' {
  return side === 'buy' ? 'sell' : 'buy'
}
