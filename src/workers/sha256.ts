import { createHash } from 'node:crypto'
import type { Sha256 } from '../domain/simulation/results/run-digest.ts'

/** Lower-case hexadecimal SHA-256. */
export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
