import type { Axis } from './plot-scene.ts'
import type { ColourName } from './theme-colours.ts'

/** One series of level bars; `null` where a row has no value. */
export interface RowsSeries {
  readonly label: string
  readonly values: readonly (number | null)[]
  readonly colour: ColourName
  /** Outlined and only faintly filled: something proposed rather than held. */
  readonly outlined?: boolean
}

/** Level bars by name, one above the other. */
export interface RowsScene {
  readonly names: readonly string[]
  readonly series: readonly RowsSeries[]
  readonly x: Axis
  /** The figure at the end of a bar. */
  readonly text: (value: number) => string
}
