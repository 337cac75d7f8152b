/** One stage on the way to the size. */
export interface StepLine {
  readonly id: string
  readonly stage: string
  readonly sentence: string
  /** What came out of it: `7.01`, `× 1.00`, `11 of 11`. */
  readonly result: string
}
