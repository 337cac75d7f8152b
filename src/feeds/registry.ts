import { exchange } from './adapters/exchange.ts'
import { localSocket } from './adapters/local-socket.ts'
import { replay } from './adapters/replay.ts'

/** Every source of quotes. A new one is a file in `adapters/` and a line here. */
export const feeds = { exchange, 'local-socket': localSocket, replay } as const

/** The file name of a feed's adapter. */
export type FeedId = keyof typeof feeds
