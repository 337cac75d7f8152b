/** How the paper broker fills. */
export interface PaperTerms {
  /**
   * What a market or stop order loses beyond the touch, in ticks: nothing, the instrument's allowance each time, or a
   * whole number of ticks drawn from 0 to twice the allowance.
   */
  readonly slippage: 'none' | 'fixed' | 'drawn'
  /** Share of the shown size that one quote fills, above 0 to 1; `null` fills whatever is asked. */
  readonly participation: string | null
  /** Interest a year on what is held beyond equity, as a fraction: 0.065 is 6.5 %. */
  readonly interest: string
  /** Whether an entry needs free margin. */
  readonly margin: boolean
  /**
   * Where equity falls below this share of the margin in use, positions are closed without asking, the largest margin first,
   * in the name of an account; `null` where the account has no such term: then it is only called.
   */
  readonly liquidation: { readonly below: string; readonly accountId: string } | null
  /** What the draws start from: equal seed and feed give equal fills. */
  readonly seed: number
}

/** The paper broker of a new book. */
export const PAPER_TERMS: PaperTerms = {
  slippage: 'fixed',
  participation: null,
  interest: '0.065',
  margin: true,
  liquidation: null,
  seed: 1,
}
