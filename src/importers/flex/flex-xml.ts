import { SaxesParser } from 'saxes'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import { DEEPEST_XML, LONGEST_CELL, MOST_ROWS } from '../caps.ts'
import { decodeText } from '../decode-text.ts'
import type { ImportSettings, SourceFile } from '../format.ts'
import { clip } from '../reading-log.ts'

/** One element with attributes. `account` is the statement's it stands in. */
export interface FlexElement {
  readonly name: string
  readonly line: number
  readonly account: string
  readonly attributes: Readonly<Record<string, string>>
}

const CHUNK = 64 * 1024

/**
 * All elements of a Flex statement in the order of the file. Document types and entities of its own are refused, as are
 * XML of another kind, broken XML and nesting beyond the cap: one sentence each.
 */
export function readFlexXml(
  file: SourceFile,
  encoding: ImportSettings['encoding'],
  tell?: (share: number) => void,
): Result<readonly FlexElement[], string> {
  const decoded = decodeText(file, encoding)
  if (!decoded.ok) return decoded
  const text = decoded.value.text
  const start = text.slice(0, 200).trimStart()
  if (/^<(?:!doctype\s+html|html|head|body)/i.test(start))
    return err('This is a web page, not a Flex statement: download the XML itself.')
  if (!start.startsWith('<')) return err('This is not XML.')
  return parse(text, tell)
}

function parse(text: string, tell?: (share: number) => void): Result<readonly FlexElement[], string> {
  const elements: FlexElement[] = []
  let depth = 0
  let line = 0
  let account = ''
  const seen: { fault: string | null; message: string | null } = { fault: null, message: null }
  const parser = new SaxesParser()
  const stop = (says: string): void => {
    seen.fault ??= says
  }
  parser.on('doctype', () =>
    stop('The XML declares a document type, which a Flex statement never does: it is not read.'),
  )
  parser.on('error', (error) => stop(sentence(error.message)))
  parser.on('opentagstart', () => {
    line = parser.line
  })
  parser.on('opentag', (tag) => {
    depth++
    if (depth > DEEPEST_XML) stop(`The XML is nested more than ${DEEPEST_XML} deep: it is not a Flex statement.`)
    if (elements.length === 0 && tag.name !== 'FlexQueryResponse' && tag.name !== 'FlexStatementResponse') {
      stop(`The XML is not a Flex statement: its outermost element is <${clip(tag.name)}>.`)
    }
    if (tag.name === 'FlexStatement') account = tag.attributes['accountId'] ?? ''
    if (Object.values(tag.attributes).some((value) => value.length > LONGEST_CELL))
      stop(`An attribute on line ${line} is longer than ${LONGEST_CELL} characters.`)
    if (elements.length > MOST_ROWS) stop(`The statement holds more than ${MOST_ROWS} rows: ask for a shorter period.`)
    elements.push({ name: tag.name, line, account, attributes: tag.attributes })
  })
  parser.on('closetag', () => {
    depth--
  })
  parser.on('text', (content) => {
    if (elements.at(-1)?.name === 'ErrorMessage' && content.trim() !== '') seen.message = content.trim()
  })
  for (let at = 0; at < text.length && seen.fault === null; at += CHUNK) {
    parser.write(text.slice(at, at + CHUNK))
    tell?.(at / text.length)
  }
  if (seen.fault === null) parser.close()
  if (seen.fault !== null) return err(seen.fault)
  if (elements[0]?.name === 'FlexStatementResponse') {
    const why = seen.message === null ? '' : `: ${clip(seen.message)}`
    return err(`Interactive Brokers answered without a statement${why}. Ask for it again.`)
  }
  return ok(elements)
}

function sentence(message: string): string {
  const at = /^(\d+):\d+: (.*)$/.exec(message)
  const line = at?.[1] ?? '1'
  const why = (at?.[2] ?? message).replace(/\.$/, '')
  if (/unclosed tag|unexpected end|document must contain a root/i.test(why)) {
    return `The XML ends too early, near line ${line}: the download is incomplete. Nothing was read.`
  }
  return `The XML is broken on line ${line} (${clip(why)}). Nothing was read.`
}
