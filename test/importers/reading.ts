import type { ImportFormat, ImportReading, ImportSettings, ReadingContext } from '../../src/importers/format.ts'
import { openFile } from '../../src/importers/open-file.ts'
import { importFormats } from '../../src/importers/registry.ts'

/** A trader in Berlin with an account in euros, late in 2026. */
export const context: ReadingContext = {
  now: Date.UTC(2026, 10, 20),
  accountTimeZone: 'Europe/Berlin',
  accountCurrency: 'EUR',
  currencyOf: () => undefined,
}

/** The format of this id. */
export function formatById(id: string): ImportFormat {
  const format = importFormats.find((known) => known.id === id)
  if (format === undefined) throw new Error(`no format ${id}`)
  return format
}

/** The format that is surest of a file, or `undefined`. */
export async function surest(name: string, content: Uint8Array | string): Promise<ImportFormat | undefined> {
  const opened = await openFile(name, bytesOf(content))
  if (!opened.ok) return undefined
  const sure = importFormats
    .map((format) => ({ format, confidence: format.recognise(opened.value, context).confidence }))
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence)
  return sure[0]?.format
}

/** Reads a file with the format that is surest of it, or the one named. Throws the sentence of a refusal. */
export async function readFile(
  name: string,
  content: Uint8Array | string,
  settings: ImportSettings = {},
  format?: string,
): Promise<ImportReading> {
  const chosen = format === undefined ? await surest(name, content) : formatById(format)
  const opened = await openFile(name, bytesOf(content))
  if (!opened.ok) throw new Error(opened.error)
  if (chosen === undefined) throw new Error('not recognised')
  const read = chosen.read(opened.value, settings, context)
  if (!read.ok) throw new Error(read.error)
  return read.value
}

/** UTF-8 bytes of text; bytes as they are. */
export function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}
