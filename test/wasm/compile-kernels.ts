import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

const source = resolve('src/wasm/kernels.as')
const target = resolve('src/wasm/kernels-binary.ts')
const options = '-O3 --converge --noAssert --runtime stub --enable simd --initialMemory 32'

/** Compiles `src/wasm/kernels.as` with AssemblyScript and gives the module's bytes; throws its messages when it fails. */
export async function compileKernels(): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc')
  const text = readFileSync(source, 'utf8')
  let binary: Uint8Array | undefined
  const { error } = await asc.main(['kernels.ts', '--outFile', 'kernels.wasm', ...options.split(' ')], {
    readFile: (name: string) => (name === 'kernels.ts' ? text : null),
    writeFile: (_name: string, contents: string | Uint8Array) => {
      if (typeof contents !== 'string') binary = contents
    },
  })
  if (error !== null || binary === undefined) throw error ?? new Error('AssemblyScript wrote no module')
  return binary
}

/** The text of `src/wasm/kernels-binary.ts` for a module's bytes. */
export function binaryModule(bytes: Uint8Array): string {
  return `/** The compiled \`kernels.as\` in base64; \`node test/wasm/compile-kernels.ts\` makes it anew. */
export const KERNELS_BASE64 =
  '${Buffer.from(bytes).toString('base64')}'
`
}

if (import.meta.filename === process.argv[1]) writeFileSync(target, binaryModule(await compileKernels()))
