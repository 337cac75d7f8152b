import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import { reason, type Reason } from '../domain/kernel/reason.ts'
import { readProfile, type Profile } from '../domain/profile.ts'
import type { RawProfile } from '../domain/profile-changes.ts'

/** A remark on a profile with the place in its file that it is about. Lines and columns count from 1. */
export interface Placed {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Dotted path of the key. */
  readonly key: string
  readonly code: string
  readonly says: string
}

/** A profile as its text says it: plain data, and read where it has no fault. */
export interface ProfileSource {
  readonly raw: RawProfile
  readonly profile: Profile | undefined
  readonly faults: readonly Placed[]
  /** Puts a remark where its key stands in the file, or where it would stand. */
  readonly place: (remark: Reason) => Placed
}

/** Reads the text of a profile; every fault is answered at once with its file, line, column and key. */
export function readProfileSource(yaml: string, file: string): ProfileSource {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines })
  const at = (offset: number, remark: Reason): Placed => {
    const { line, col } = lines.linePos(offset)
    const { code, says, field } = remark
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), key: field ?? '', code, says }
  }
  const place = (remark: Reason): Placed => at(offsetOf(document, (remark.field ?? '').split('.')), remark)
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => {
      const [first = error.message] = error.message.split('\n')
      const says = `The file is not YAML there: ${first.replace(/ at line \d+, column \d+:?$/, '')}.`
      return at(error.pos[0], reason('INPUT_MALFORMED', says))
    })
    return { raw: {}, profile: undefined, faults, place }
  }
  const raw: unknown = document.toJS()
  const read = readProfile(raw)
  return {
    raw: typeof raw === 'object' && raw !== null ? (raw as RawProfile) : {},
    profile: read.ok ? read.value : undefined,
    faults: read.ok ? [] : read.error.map(place),
    place,
  }
}

/** Where a key stands: of the longest part of the path that is there. A name may hold points itself. */
function offsetOf(document: Document.Parsed, path: readonly string[]): number {
  let node: Node | null = document.contents
  let found = node?.range?.[0] ?? 0
  let rest = path
  while (isMap(node) && rest.length > 0) {
    let next: Node | null = null
    let used = 0
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : ''
      const parts = name.split('.')
      if (parts.length > rest.length || parts.some((part, index) => part !== rest[index])) continue
      if (parts.length <= used) continue
      used = parts.length
      found = isScalar(key) ? (key.range?.[0] ?? found) : found
      next = (value as Node | null) ?? null
    }
    if (used === 0) return found
    rest = rest.slice(used)
    node = next
  }
  return found
}
