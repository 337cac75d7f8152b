import { registerHooks } from 'node:module'
import { parentPort } from 'node:worker_threads'

// Asks for a venue where the package is not installed: Node itself says so, of a name that is nowhere.
registerHooks({ resolve: (name, context, next) => next(name === 'ccxt' ? 'ccxt-that-is-nowhere' : name, context) })
const { openVenue } = await import('../../src/feeds/venue.ts')
parentPort?.postMessage(await openVenue('kraken'))
