import type { ColourName } from './theme-colours.ts'

/** A place on an axis with its words. */
export interface Tick {
  readonly at: number
  readonly label: string
}

/** What an axis reaches over. */
export interface Axis {
  readonly from: number
  readonly to: number
  readonly ticks: readonly Tick[]
  /** Logarithmic; both ends are then above zero. */
  readonly log?: boolean
}

/** A line through points in order of x; a gap where y is not known. */
export interface PlotLine {
  readonly x: readonly number[]
  readonly y: readonly (number | null)[]
  readonly colour: ColourName
  readonly width?: number
  readonly dash?: readonly number[]
  /** Fills what lies between the line and zero. */
  readonly filled?: boolean
  /** From 0 to 1; lines that only show the spread are fainter than those that are read. */
  readonly opacity?: number
}

/** The room between two lines. */
export interface PlotBand {
  readonly x: readonly number[]
  readonly low: readonly (number | null)[]
  readonly high: readonly (number | null)[]
  readonly colour: ColourName
  /** From 0 to 1. */
  readonly opacity?: number
}

/** One bar from zero to its height. */
export interface PlotBar {
  readonly from: number
  readonly to: number
  readonly height: number
  readonly colour: ColourName
  /** Drawn in stripes: it counts something else than the others. */
  readonly striped?: boolean
  /** From 0 to 1. */
  readonly opacity?: number
}

/** An upright or level line across the plot at one value, with words beside it. */
export interface PlotRule {
  readonly kind: 'upright' | 'level'
  readonly at: number
  readonly label: string
  readonly isStrong?: boolean
  /** A level line's words stand at its right end. */
  readonly isAtEnd?: boolean
}

/** A span of x at the top of the plot with a dot in it, such as a mean with its interval. */
export interface PlotSpan {
  readonly kind: 'span'
  readonly from: number
  readonly to: number
  readonly middle: number
  readonly label: string
}

/** One point with words beside it, such as where a policy stands on a curve. */
export interface PlotDot {
  readonly kind: 'dot'
  readonly x: number
  readonly y: number
  readonly colour: ColourName
  readonly label: string
}

/** Words in the margin at the right, level with the end of a line. */
export interface PlotEnd {
  readonly at: number
  readonly label: string
  readonly isStrong?: boolean
}

/** What is marked on a plot. */
export type PlotMark = PlotRule | PlotSpan | PlotDot

/** Everything one drawing needs; all numbers in the units of its axes. */
export interface PlotScene {
  readonly x: Axis
  readonly y: Axis
  readonly lines?: readonly PlotLine[]
  readonly bands?: readonly PlotBand[]
  readonly bars?: readonly PlotBar[]
  readonly marks?: readonly PlotMark[]
  /** Words right of the plot; `margin` is the room for them in pixels. */
  readonly ends?: readonly PlotEnd[]
  readonly margin?: number
}
