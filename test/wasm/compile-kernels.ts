import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** A source of `src/wasm` and the name its bytes are exported by. */
export interface WasmSource {
  readonly stem: string
  readonly constant: string
}

/** The simulation's kernels. */
export const KERNELS: WasmSource = { stem: 'kernels', constant: 'KERNELS_BASE64' }
/** The optimiser's linear algebra. */
export const LINEAR_ALGEBRA: WasmSource = { stem: 'linear-algebra', constant: 'LINEAR_ALGEBRA_BASE64' }
/** The decomposition into eigenvalues. */
export const SYMMETRIC_EIGEN: WasmSource = { stem: 'symmetric-eigen', constant: 'SYMMETRIC_EIGEN_BASE64' }

const options = '-O3 --converge --noAssert --runtime stub --enable simd --initialMemory 32'

/** Compiles a source of `src/wasm` with AssemblyScript and gives the module's bytes; throws its messages when it fails. */
export async function compileKernels({ stem }: WasmSource = KERNELS): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc')
  const text = readFileSync(resolve(`src/wasm/${stem}.as`), 'utf8')
  let binary: Uint8Array | undefined
  const { error } = await asc.main(['source.ts', '--outFile', 'source.wasm', ...options.split(' ')], {
    readFile: (name: string) => (name === 'source.ts' ? text : null),
    writeFile: (_name: string, contents: string | Uint8Array) => {
      if (typeof contents !== 'string') binary = contents
    },
  })
  if (error !== null || binary === undefined) throw error ?? new Error('AssemblyScript wrote no module')
  return binary
}

/** The text of the module in `src/wasm` that holds a source's bytes. */
export function binaryModule({ stem, constant }: WasmSource, bytes: Uint8Array): string {
  return `/** The compiled \`${stem}.as\` in base64; \`node test/wasm/compile-kernels.ts\` makes it anew. */
export const ${constant} =
  '${Buffer.from(bytes).toString('base64')}'
`
}

if (import.meta.filename === process.argv[1]) {
  for (const source of [KERNELS, LINEAR_ALGEBRA, SYMMETRIC_EIGEN])
    writeFileSync(resolve(`src/wasm/${source.stem}-binary.ts`), binaryModule(source, await compileKernels(source)))
}
