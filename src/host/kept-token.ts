import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** The token in a file, made on first use; only the owner of the file reads it. */
export function keptToken(file: string): string {
  try {
    const token = readFileSync(file, 'utf8').trim()
    if (token.length >= 32) return token
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return newToken(file)
}

/** Makes a new token and keeps it in the file in place of the one before. */
export function newToken(file: string): string {
  const token = randomBytes(24).toString('base64url')
  // A new file: one that was there might let others read it.
  writeFileSync(`${file}.new`, `${token}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return token
}
