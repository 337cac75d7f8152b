import * as z from 'zod'
import { Instrument } from './market.ts'
import { Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'

/** Largest file that may be sent, in characters of base64: 64 MiB decoded. */
const MOST_BASE64 = 4 * Math.ceil((64 * 1024 * 1024) / 3)

const Kind = z.enum(['fills', 'trades', 'cashFlows', 'bars', 'marks', 'rates'])
const Count = z.number().int().min(0)
const FormatId = z.string().min(1).max(60)
const OnProblem = z.enum(['skip-rows', 'refuse-file'])

/** How to read a file; what is left out is guessed. */
export const ImportSettings = z
  .object({
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).exactOptional(),
    delimiter: z.enum([',', ';', '\t', '|']).exactOptional(),
    /** Line of the column names, from 1; 0 where there are none. */
    headerLine: Count.max(1000).exactOptional(),
    /** Column index, from 0, by role. */
    mapping: z.record(z.string().max(40), Count.max(10_000)).exactOptional(),
    decimalMark: z.enum(['.', ',']).exactOptional(),
    dateOrder: z.enum(['ymd', 'dmy', 'mdy']).exactOptional(),
    /** IANA zone of times that state none. */
    timeZone: z.string().min(1).max(60).exactOptional(),
    symbol: Name.exactOptional(),
    interval: z.enum(['1m', '5m', '15m', '1h', '4h', '1d', '1w', '1mo']).exactOptional(),
    currency: z
      .string()
      .regex(/^[A-Z0-9]{2,8}$/)
      .exactOptional(),
    assetClass: z.enum(['equity', 'etf', 'crypto', 'fx', 'future', 'option', 'cfd']).exactOptional(),
    priceScale: z.enum(['1', '10000']).exactOptional(),
    sourceAccount: z.string().max(120).exactOptional(),
    /** Whether what a statement says was held before it is booked, where the account has no cash flow yet. */
    bookOpening: z.boolean().exactOptional(),
    /** Text that stands instead of a cell, by `line:column`, column from 1. */
    corrections: z.record(z.string().max(40), z.string().max(200)).exactOptional(),
  })
  .strict()
/** How to read a file. */
export type ImportSettings = z.infer<typeof ImportSettings>

/** Something wrong or open in a file; a question must be answered before anything is written. */
export const ImportProblem = z
  .object({
    line: Count,
    column: z.string().nullable(),
    value: z.string().nullable(),
    says: z.string(),
    proposal: z.string(),
    severity: z.enum(['error', 'warning', 'question']),
    setting: z.string().nullable(),
    choices: z.array(z.string()),
  })
  .strict()
/** Something wrong or open in a file. */
export type ImportProblem = z.infer<typeof ImportProblem>

const Candidate = z
  .object({
    format: z.string(),
    title: z.string(),
    kinds: z.array(Kind),
    confidence: z.number().min(0).max(1),
    says: z.string(),
    columns: z.array(
      z
        .object({ index: Count, header: z.string(), samples: z.array(z.string()), role: z.string().nullable() })
        .strict(),
    ),
    roles: z.array(z.object({ role: z.string(), title: z.string(), required: z.boolean() }).strict()),
    settings: ImportSettings,
    preset: z.string().nullable(),
  })
  .strict()

/** What a file seems to be, best guess first; nothing has been written. */
export const Inspection = z
  .object({
    uploadId: z.string(),
    fileName: z.string(),
    fileHash: z.string(),
    bytes: Count,
    expiresAt: Instant,
    candidates: z.array(Candidate),
    says: z.string(),
  })
  .strict()
/** What a file seems to be. */
export type Inspection = z.infer<typeof Inspection>

const Amounts = z.array(z.object({ currency: z.string(), amount: z.string() }).strict())
const SymbolEffect = z
  .object({
    symbol: z.string(),
    currency: z.string(),
    fills: Count,
    quantityBefore: z.string(),
    quantityAfter: z.string(),
    realisedBefore: z.string(),
    realisedAfter: z.string(),
    feesBefore: Amounts,
    feesAfter: Amounts,
  })
  .strict()

/** What an import would do; `previewId` names exactly this file read with exactly these settings. */
export const ImportPreview = z
  .object({
    previewId: z.string(),
    format: z.string(),
    title: z.string(),
    fileName: z.string(),
    fileHash: z.string(),
    settings: ImportSettings,
    rows: Count,
    counts: z
      .object({ fresh: Count, known: Count, twins: Count, conflicts: Count, rejected: Count, questions: Count })
      .strict(),
    kinds: z.array(z.object({ kind: Kind, found: Count, fresh: Count, known: Count }).strict()),
    from: Instant.nullable(),
    to: Instant.nullable(),
    first: z.array(
      z
        .object({
          line: Count,
          kind: Kind,
          status: z.enum(['new', 'known', 'conflict']),
          symbol: z.string().nullable(),
          at: Instant,
          says: z.string(),
        })
        .strict(),
    ),
    problems: z.array(ImportProblem),
    problemCounts: z.object({ error: Count, warning: Count, question: Count }).strict(),
    skipped: z.array(z.object({ line: Count, says: z.string() }).strict()),
    skippedCount: Count,
    notes: z.array(z.string()),
    instruments: z.array(Instrument),
    effect: z
      .object({
        symbols: z.array(SymbolEffect),
        cash: z.array(z.object({ currency: z.string(), before: z.string(), after: z.string() }).strict()),
      })
      .strict(),
    statement: z.array(
      z
        .object({
          what: z.string(),
          statement: z.string(),
          computed: z.string(),
          matches: z.boolean(),
          says: z.string(),
        })
        .strict(),
    ),
    committable: z.boolean(),
    says: z.string(),
  })
  .strict()
/** What an import would do. */
export type ImportPreview = z.infer<typeof ImportPreview>

/** What an import did. */
export const ImportDone = z
  .object({
    batchId: z.string(),
    added: z
      .object({
        instruments: Count,
        fills: Count,
        trades: Count,
        cashFlows: Count,
        bars: Count,
        marks: Count,
        rates: Count,
      })
      .strict(),
    known: Count,
    skipped: Count,
    conflicts: z.array(z.string()),
    says: z.string(),
  })
  .strict()
/** What an import did. */
export type ImportDone = z.infer<typeof ImportDone>

/** A batch as listed; `undoable` is false once undone, or when a later decision used its rows. */
export const BatchView = z
  .object({
    batchId: z.string(),
    at: Instant,
    fileName: z.string(),
    format: z.string(),
    rows: Count,
    skipped: Count,
    undoneAt: Instant.nullable(),
    undoable: z.boolean(),
    says: z.string(),
  })
  .strict()
/** A batch as listed. */
export type BatchView = z.infer<typeof BatchView>

/** A saved way to read one layout of file. */
export const PresetView = z
  .object({ name: z.string(), format: z.string(), fingerprint: z.string(), settings: ImportSettings, at: Instant })
  .strict()
/** A saved way to read one layout of file. */
export type PresetView = z.infer<typeof PresetView>

const Reading = { uploadId: z.string().min(1).max(80), format: FormatId, settings: ImportSettings }

export const imports = {
  /** Takes a file (base64) and says what it seems to be; nothing is written. */
  inspect: refusable
    .input(z.object({ fileName: z.string().min(1).max(255), content: z.string().max(MOST_BASE64) }).strict())
    .output(Inspection),
  /** Reads the whole file with these settings and shows what an import would do; nothing is written. */
  preview: refusable.input(z.object(Reading).strict()).output(ImportPreview),
  /** How far the reading of a file is that a preview or an import waits for. */
  progress: refusable
    .input(z.object({ uploadId: z.string().min(1).max(80) }).strict())
    .output(z.object({ stage: z.enum(['reading', 'comparing']), share: z.number().min(0).max(1) }).strict()),
  /** Writes what the preview of this name showed, all or nothing, as one batch. */
  commit: refusable
    .input(z.object({ ...Reading, previewId: z.string().min(1).max(80), onProblem: OnProblem }).strict())
    .output(ImportDone),
  undo: refusable
    .input(z.object({ batchId: z.string().min(1).max(80) }).strict())
    .output(z.object({ batchId: z.string(), says: z.string() }).strict()),
  batches: refusable.output(z.array(BatchView)),
  /** The kinds of files that are recognised, with where to find each. */
  formats: refusable.output(
    z.array(z.object({ format: z.string(), title: z.string(), kinds: z.array(Kind), found: z.string() }).strict()),
  ),
  presets: refusable.output(z.array(PresetView)),
  savePreset: refusable.input(z.object({ name: Name, ...Reading }).strict()).output(PresetView),
}
