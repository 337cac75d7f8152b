/** Sentences of a refusal by the path each begins with; what begins with none is left over. */
export interface FaultsByPath {
  readonly byPath: Readonly<Record<string, string>>
  readonly rest: string | undefined
}

/** Parts one refusal, in which every fault begins with its dotted path, into one sentence for each field. */
export function faultsByPath(says: string, field: string | undefined, paths: readonly string[]): FaultsByPath {
  const starts = paths
    .flatMap((path) => startsOf(says, path).map((at) => ({ path, at })))
    .toSorted((a, b) => a.at - b.at)
  if (starts.length === 0) {
    return field !== undefined && paths.includes(field)
      ? { byPath: { [field]: says }, rest: undefined }
      : { byPath: {}, rest: says }
  }
  const byPath: Record<string, string> = {}
  for (const [index, { path, at }] of starts.entries()) {
    const sentence = says.slice(at, starts[index + 1]?.at).trim()
    byPath[path] = byPath[path] === undefined ? sentence : `${byPath[path]} ${sentence}`
  }
  const before = says.slice(0, starts[0]?.at).trim()
  return { byPath, rest: before === '' ? undefined : before }
}

/** Where a path begins a sentence: at the start or after the end of another one, and as a whole word. */
function startsOf(says: string, path: string): readonly number[] {
  const found: number[] = []
  for (let at = says.indexOf(path); at >= 0; at = says.indexOf(path, at + 1)) {
    const before = says.slice(0, at)
    const after = says[at + path.length] ?? ' '
    if ((before === '' || /[.!?:;]\s+$/.test(before)) && !/[\w.]/.test(after)) found.push(at)
  }
  return found
}
