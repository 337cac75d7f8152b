import { spawn } from 'node:child_process'
import { expect } from 'vitest'

/** How one run of the command line ended. */
export interface Run {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the real command line as a process of its own. */
export function ballast(
  words: readonly string[],
  options: { readonly input?: string; readonly cwd?: string } = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`${process.cwd()}/src/cli/main.ts`, ...words], {
      cwd: options.cwd ?? process.cwd(),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    child.once('error', reject)
    child.once('close', (exit) => resolve({ exit, stdout, stderr }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
  })
}

/** Runs a command with `--json`; its stdout must be exactly one JSON document on one line. */
export async function ballastJson(
  words: readonly string[],
  options: { readonly input?: string; readonly cwd?: string } = {},
): Promise<{
  readonly exit: number | null
  readonly document: Readonly<Record<string, unknown>>
  readonly stderr: string
}> {
  const { exit, stdout, stderr } = await ballast([...words, '--json'], options)
  expect(stdout, stderr).toMatch(/^\{[^\n]*\}\n$/)
  return { exit, document: JSON.parse(stdout) as Record<string, unknown>, stderr }
}
