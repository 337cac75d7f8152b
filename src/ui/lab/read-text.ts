const MOST_BYTES = 2_000_000

/** The text of a file, or one sentence why there is none. */
export type ReadText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string }

/** Reads a chosen file as UTF-8 text. */
export async function readText(file: File): Promise<ReadText> {
  if (file.size > MOST_BYTES) return { ok: false, why: `${file.name} is larger than 2 MB: leave out early days.` }
  try {
    return { ok: true, text: await file.text() }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, why: `${file.name} could not be read from the disk: ${why}.` }
  }
}
