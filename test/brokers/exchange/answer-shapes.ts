import { text, type dec } from '../../../src/domain/kernel/money.ts'
import type { KeptConditional, KeptOrder, KeptTrade } from './stand-in-market.ts'

/** An order, in the documented shape. */
export function orderAnswer(order: KeptOrder): object {
  const { orderId, clientOrderId, symbol, side, type, quantity, price, reduceOnly, filled, status, time } = order
  return {
    orderId,
    symbol,
    status,
    clientOrderId,
    price,
    avgPrice: '0.00',
    origQty: quantity,
    executedQty: filled,
    cumQuote: '0',
    timeInForce: 'GTC',
    type,
    reduceOnly,
    closePosition: false,
    side,
    positionSide: 'BOTH',
    stopPrice: '0',
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    origType: type,
    time,
    updateTime: time,
  }
}

/** A conditional order, in the documented shape. */
export function conditionalAnswer(order: KeptConditional): object {
  const { algoId, clientAlgoId, symbol, side, type, quantity, price, triggerPrice, status, actualOrderId, time } = order
  return {
    algoId,
    clientAlgoId,
    algoType: 'CONDITIONAL',
    orderType: type,
    symbol,
    side,
    positionSide: 'BOTH',
    timeInForce: 'GTC',
    quantity,
    algoStatus: status,
    actualOrderId,
    actualPrice: '0.00000',
    triggerPrice,
    price,
    icebergQuantity: null,
    workingType: 'CONTRACT_PRICE',
    closePosition: false,
    priceProtect: false,
    reduceOnly: order.reduceOnly,
    createTime: time,
    updateTime: time,
    triggerTime: 0,
    goodTillDate: 0,
  }
}

/** An execution, in the documented shape. */
export function tradeAnswer({ id, orderId, symbol, side, price, qty, commission, time }: KeptTrade): object {
  return {
    buyer: side === 'BUY',
    commission,
    commissionAsset: 'USDT',
    id,
    maker: false,
    orderId,
    price,
    qty,
    quoteQty: '0',
    realizedPnl: '0',
    side,
    positionSide: 'BOTH',
    symbol,
    time,
  }
}

/** A position, in the documented shape. */
export function positionAnswer(symbol: string, units: ReturnType<typeof dec>): object {
  return {
    symbol,
    positionAmt: text(units),
    entryPrice: '0.0',
    markPrice: '0.0',
    unRealizedProfit: '0.0',
    liquidationPrice: '0',
    leverage: '10',
    maxNotionalValue: '20000000',
    marginType: 'cross',
    isolatedMargin: '0.0',
    isAutoAddMargin: 'false',
    positionSide: 'BOTH',
    notional: '0',
    isolatedWallet: '0',
    updateTime: 0,
  }
}
