/** Log returns from each price to the next, one fewer than prices; NaN where a price is not positive and finite. */
export function logReturns(prices: ArrayLike<number>): Float64Array {
  const returns = new Float64Array(Math.max(0, prices.length - 1))
  for (let i = 1; i < prices.length; i++) {
    const [before, after] = [prices[i - 1] ?? Number.NaN, prices[i] ?? Number.NaN]
    returns[i - 1] = isPrice(before) && isPrice(after) ? Math.log(after / before) : Number.NaN
  }
  return returns
}

const isPrice = (value: number): boolean => value > 0 && value < Infinity
