import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stillRuns } from './lock.mjs'
import { readJson } from './place.mjs'

/**
 * Who has a data folder open, as `open.json` in it says and the process confirms: undefined when nobody; otherwise its pid and
 * kind (`desk` or `window`) and, when it is a desk host that answers, an address with a fresh one-time token.
 */
export async function whoHasOpen(dataDir) {
  const claim = readJson(join(dataDir, 'open.json'))
  if (claim === undefined || !stillRuns(claim)) return undefined
  return { pid: claim.pid, kind: claim.kind, address: claim.url ? await freshAddress(claim.url, dataDir) : undefined }
}

async function freshAddress(url, dataDir) {
  try {
    const token = readFileSync(join(dataDir, 'api-token'), 'utf8').trim()
    const answer = await fetch(new URL('/enter', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(3000),
    })
    return answer.ok ? (await answer.json()).url : undefined
  } catch {
    return undefined
  }
}
