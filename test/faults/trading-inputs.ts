import type { ValidInput } from './hostile-payloads.ts'

/** Valid inputs of the calls about orders and the broker they go to. */
export const TRADING_INPUTS: Readonly<Record<string, ValidInput>> = {
  'trading.approve': {
    valid: { decisionId: 'd', as: 'stop-limit', lasts: 'day', orLess: true, confirmation: 'c', typedQuantity: '1' },
    optional: ['as', 'lasts', 'orLess', 'confirmation', 'typedQuantity'],
  },
  'trading.setStop': { valid: { stopId: 'stop-0001', symbol: 'AAPL', strategy: 's', stop: '95' } },
  'paper.setLiquidation': { valid: { below: '0.5' } },
  'trading.orders': { valid: { open: true, limit: 5 }, optional: ['open', 'limit'] },
  'trading.cancel': { valid: { clientId: 'o-1' } },
  'trading.replaceStop': { valid: { clientId: 'o-1', stop: '95' } },
  'trading.exit': { valid: { exitId: 'exit-0001', symbol: 'AAPL', strategy: 's', quantity: '1' } },
  'trading.flatten': { valid: { flattenId: 'flatten-1', planId: 'p' } },
  'trading.flattenStatus': { valid: { flattenId: 'flatten-1' } },
  'trading.typeTaken': { valid: { clientId: 'o-1', brokerId: 'b' } },
  'trading.typeFill': {
    valid: {
      clientId: 'o-1',
      executionId: 'e',
      quantity: '1',
      price: '1',
      fee: '0',
      feeCurrency: 'USD',
      at: 1,
    },
  },
  'trading.typeChanged': { valid: { clientId: 'o-1' } },
  'trading.typeCancelled': { valid: { clientId: 'o-1' } },
  'trading.reconcile': { valid: { complete: true, positions: [{ symbol: 'AAPL', quantity: '1' }] } },
  'exchange.choose': {
    valid: { broker: 'exchange', exchange: 'binanceusdm', network: 'http://127.0.0.1:9' },
    optional: [],
  },
  'exchange.keepKeys': { valid: { key: 'key-of-an-account', secret: 'secret-of-an-account' } },
  'exchange.test': { valid: { exchange: 'binanceusdm', network: 'http://127.0.0.1:9' } },
}
