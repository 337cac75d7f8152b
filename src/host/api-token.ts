import { join } from 'node:path'
import { keptToken } from './kept-token.ts'

/** The token programs show to the desk host of a data folder, made on first use in its file `api-token` that only its owner reads. */
export function apiTokenOf(dataDir: string): string {
  return keptToken(join(dataDir, 'api-token'))
}
