/** Where the ziggurat's tail begins, in standard deviations (256 layers of equal area; Marsaglia and Tsang 2000). */
export const ZIGGURAT_TAIL = 3.6541528853610088
const AREA = 0.00492867323399
const LAYERS = 256

/** The ziggurat's tables: whole-word bounds of the sure hits, scales from words to deviations, edges of the layers. */
export interface Ziggurat {
  readonly bounds: Int32Array
  readonly scales: Float64Array
  readonly edges: Float64Array
}

/** The tables for standard normals from 32-bit words: low 8 bits choose the layer, the high 24 bits the place in it. */
export const ziggurat: Ziggurat = build()

function build(): Ziggurat {
  const edges = new Float64Array(LAYERS + 1)
  let height = Math.exp(-0.5 * ZIGGURAT_TAIL * ZIGGURAT_TAIL)
  let edge = ZIGGURAT_TAIL
  edges[0] = AREA / height
  edges[1] = edge
  for (let layer = 2; layer < LAYERS; layer++) {
    edge = Math.sqrt(-2 * Math.log(AREA / edge + height))
    height = Math.exp(-0.5 * edge * edge)
    edges[layer] = edge
  }
  const bounds = new Int32Array(LAYERS)
  const scales = new Float64Array(LAYERS)
  for (let layer = 0; layer < LAYERS; layer++) {
    const outer = edges[layer] ?? 0
    const inner = edges[layer + 1] ?? 0
    bounds[layer] = Math.floor((inner / outer) * 2147483648) & ~255
    scales[layer] = outer / 2147483648
  }
  return { bounds, scales, edges }
}
