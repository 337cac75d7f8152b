/** A colour in 8-bit parts: red, green, blue. */
export type HeatColour = readonly [number, number, number]

/**
 * Cividis (Nuñez, Anderton and Renslow 2018): blue, grey, yellow, ever lighter, so that the sign is also read without hue.
 * From −1 to 1 in steps of 0.2.
 */
const STOPS: readonly HeatColour[] = [
  [0, 34, 78],
  [18, 53, 112],
  [59, 73, 108],
  [87, 93, 109],
  [112, 113, 115],
  [138, 134, 120],
  [165, 156, 116],
  [195, 179, 105],
  [225, 204, 85],
  [243, 219, 68],
  [254, 232, 56],
]
const LEVELS = 256

/** The colour of a correlation; what lies outside −1 to 1 takes the colour of the end. */
export function heatColour(value: number): HeatColour {
  const place = ((Math.min(1, Math.max(-1, value)) + 1) / 2) * (STOPS.length - 1)
  const at = Math.min(STOPS.length - 2, Math.floor(place))
  const share = place - at
  const [low, high] = [STOPS[at] ?? [0, 0, 0], STOPS[at + 1] ?? [0, 0, 0]]
  const part = (i: 0 | 1 | 2): number => Math.round(low[i] + (high[i] - low[i]) * share)
  return [part(0), part(1), part(2)]
}

/** The same as CSS text. */
export const heatText = (value: number): string => `rgb(${heatColour(value).join(' ')})`

/** Black or white, whichever stands out more on the colour of a correlation: at least 4.5 : 1. */
export function inkOnHeat(value: number): string {
  const light = luminance(heatColour(value))
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? '#ffffff' : '#000000'
}

/** Colours of −1 to 1 in equal steps, as 32-bit pixels of a canvas. */
export function heatPixels(): Uint32Array {
  const bytes = new Uint8ClampedArray(LEVELS * 4)
  for (let level = 0; level < LEVELS; level++)
    bytes.set([...heatColour((level / (LEVELS - 1)) * 2 - 1), 255], level * 4)
  return new Uint32Array(bytes.buffer)
}

/** The place of a correlation among `heatPixels`. */
export const heatLevel = (value: number): number =>
  Math.round(((Math.min(1, Math.max(-1, value)) + 1) / 2) * (LEVELS - 1))

/** Relative luminance of WCAG 2. */
export function luminance([red, green, blue]: HeatColour): number {
  const linear = (part: number): number => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
