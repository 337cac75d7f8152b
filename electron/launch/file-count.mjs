import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writable } from './place.mjs'

/**
 * How many files are missing from the packages since they were installed, as a deletion that was stopped half-way leaves them.
 * An install that was not counted yet is taken as whole, and counted.
 */
export function missingFiles(modules) {
  const installed = createHash('sha256')
    .update(readFileSync(join(modules, '.package-lock.json')))
    .digest('hex')
  const note = readJson(noteOf(modules))
  const files = countFiles(modules, 0)
  if (note?.installed === installed) return Math.max(0, note.files - files)
  if (writable(modules)) writeFileSync(noteOf(modules), JSON.stringify({ installed, files }))
  return 0
}

const noteOf = (modules) => join(modules, '.ballast-files.json')

// Dot entries at the top are caches and links; Electron adds and removes its binary by itself.
function countFiles(folder, depth) {
  let count = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (depth === 0 && (entry.name.startsWith('.') || entry.name === 'electron')) continue
    count += entry.isDirectory() ? countFiles(join(folder, entry.name), depth + 1) : 1
  }
  return count
}
