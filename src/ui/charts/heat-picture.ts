import { heatLevel, heatPixels } from './heat-colours.ts'
import type { HeatScene } from './heat-scene.ts'

let pixels: Uint32Array | undefined

/** A square as a picture of one pixel a cell; what is not known is chequered. */
export function heatPicture({ names, values }: HeatScene): HTMLCanvasElement | undefined {
  const n = names.length
  const picture = document.createElement('canvas')
  picture.width = picture.height = n
  const brush = picture.getContext('2d')
  if (brush === null || n === 0) return undefined
  pixels ??= heatPixels()
  const image = brush.createImageData(n, n)
  const cells = new Uint32Array(image.data.buffer)
  for (let place = 0; place < cells.length; place++) {
    const value = values[place] ?? Number.NaN
    cells[place] = Number.isNaN(value)
      ? (place + Math.floor(place / n)) % 2 === 0
        ? 0xff888888
        : 0
      : (pixels[heatLevel(value)] ?? 0)
  }
  brush.putImageData(image, 0, 0)
  return picture
}
