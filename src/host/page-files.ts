import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { mediaType } from './media-type.ts'

/** One file of the built page. */
export interface PageFile {
  readonly type: string
  readonly hash: string
  readonly body: Buffer
}

/** The files of the built page by address (`/index.html`), read once: no path from a request ever reaches the disk. */
export function readPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>()
  const visit = (address: string): void => {
    for (const entry of readdirSync(join(folder, address), { withFileTypes: true })) {
      const below = `${address}/${entry.name}`
      if (entry.isDirectory()) visit(below)
      else if (!entry.name.endsWith('.map')) files.set(below, read(join(folder, below)))
    }
  }
  visit('')
  return files
}

function read(file: string): PageFile {
  const body = readFileSync(file)
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  return { type: mediaType(extname(file)), hash, body }
}
