import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const LIBRARY = 'ccxt'

/**
 * Loads one exchange of the optional library, which takes a second, when an account is connected and not before; `undefined`
 * where the library is not installed or has no such exchange.
 */
export async function loadExchange(exchange: string): Promise<unknown> {
  if (!/^[a-z0-9]+$/.test(exchange)) return undefined
  const require = createRequire(import.meta.url)
  try {
    // One exchange alone: the library's own entry loads all of them, and takes four times as long.
    const folder = dirname(dirname(require.resolve(LIBRARY)))
    const address = pathToFileURL(join(folder, 'js', 'src', `${exchange}.js`)).href
    const loaded = (await import(/* @vite-ignore */ address)) as { readonly default?: unknown }
    return loaded.default
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}
