import type {
  BatchView as BatchOut,
  ImportDone as DoneOut,
  ImportPreview as PreviewOut,
  Inspection as InspectionOut,
  PresetView as PresetOut,
} from '../../contract/imports.ts'

/** The shape of a contract's answer, as data nobody changes. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T

/** What happens to rows with a problem: leave them out, or write nothing of the file. */
export type OnProblem = 'skip-rows' | 'refuse-file'
/** What a file seems to be. Nothing has been written. */
export type Inspection = Frozen<InspectionOut>
/** What an import would do. */
export type Preview = Frozen<PreviewOut>
/** What an import did. */
export type ImportDone = Frozen<DoneOut>
/** A batch as listed. */
export type BatchView = Frozen<BatchOut>
/** A saved way to read one layout of file. */
export type PresetView = Frozen<PresetOut>
