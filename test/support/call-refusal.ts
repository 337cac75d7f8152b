import { refusalOf } from '../../src/cli/desk-client.ts'

/** The refusal a call answers with; throws where it is answered, or fails inside. */
export async function callRefusal(
  call: Promise<unknown>,
): Promise<{ readonly code: string; readonly says: string; readonly field: string | undefined }> {
  const [result] = await Promise.allSettled([call])
  if (result.status === 'fulfilled') throw new Error('the call was answered, not refused')
  const refusal = refusalOf(result.reason)
  if (refusal === undefined) throw result.reason as Error
  const { code, message, field } = refusal
  return { code, says: message, field }
}
