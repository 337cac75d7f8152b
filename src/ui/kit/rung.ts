/** One limit in the unit of this order, as a row of the ladder. */
export interface Rung {
  readonly id: string
  readonly label: string
  /** How much it allows, as text for people. */
  readonly allows: string
  /** The same as a float, for the length of the line only. */
  readonly length: number
  readonly binds: boolean
  /** What would permit one more lot, in a few words. */
  readonly oneMore: string
}
