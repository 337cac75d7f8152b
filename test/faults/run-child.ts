import { spawn } from 'node:child_process'

/** What a child said before it ended. */
export interface ChildRun {
  readonly acknowledged: readonly string[]
  readonly says: string
  readonly code: number | null
}

/**
 * Runs a script under this Node and kills it without warning `killAfter` milliseconds after its first word, or after its
 * start when that is negative; `undefined` lets it end by itself. `fileBlocks` limits the size of files it may write.
 */
export function runChild(
  script: string,
  given: readonly string[],
  killAfter: number | undefined,
  fileBlocks?: number,
): Promise<ChildRun> {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', script, ...given]
  const limited = ['-c', `ulimit -f ${fileBlocks ?? 'unlimited'}; exec "$@"`, 'sh', ...command]
  const child = spawn('/bin/sh', limited, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  const kill = (delay: number): void => void setTimeout(() => child.kill('SIGKILL'), delay)
  if (killAfter !== undefined && killAfter < 0) kill(-killAfter)
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (said.out === '' && killAfter !== undefined && killAfter >= 0) kill(killAfter)
    said.out += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said.err += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      // A word torn by the kill was not said.
      resolve({ acknowledged: said.out.split('\n').slice(0, -1), says: said.err.trim(), code })
    })
  })
}
