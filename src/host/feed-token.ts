import { join } from 'node:path'
import type { LiveFeedPorts } from '../desk/feed/ports.ts'
import { keptToken, newToken } from './kept-token.ts'

/** The token that bridges show to the local feed of a data folder, in its file `feed-token` that only its owner reads. */
export function feedTokenOf(dataDir: string): LiveFeedPorts['token'] {
  const file = join(dataDir, 'feed-token')
  return { file, current: () => keptToken(file), renew: () => newToken(file) }
}
