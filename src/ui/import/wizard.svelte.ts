import type { BatchView, ImportDone, ImportPreview, ImportSettings, Inspection } from '../../contract/imports.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type Answers, type DeskClient } from '../rpc.ts'
import { fileContent, largestFile, sizeText } from './file-content.ts'

/** What the wizard needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface ImportSource {
  readonly client: Pick<DeskClient, 'imports'>
}

/** The steps of the wizard, in order. */
export type ImportStep = 'file' | 'reading' | 'check' | 'done'

type Candidate = Inspection['candidates'][number]
/** Settings that change where columns begin, so that a mapping by column number no longer means anything. */
const reshaping: readonly (keyof ImportSettings)[] = ['encoding', 'delimiter', 'headerLine']

/** One import from the file to its batch; it is kept while the person looks at another screen. */
export class ImportWizard {
  step = $state<ImportStep>('file')
  inspection = $state.raw<Inspection>()
  format = $state('')
  settings = $state.raw<ImportSettings>({})
  preview = $state.raw<ImportPreview>()
  done = $state.raw<ImportDone>()
  refusal = $state.raw<RefusalBody>()
  onProblem = $state<'skip-rows' | 'refuse-file'>('skip-rows')
  busy = $state(false)
  batches = $state.raw<readonly BatchView[]>()
  batchesRefusal = $state.raw<RefusalBody>()
  formats = $state.raw<Answers['imports']['formats']>([])

  readonly #desk: ImportSource
  #file: File | undefined
  #turn = 0

  readonly candidate = $derived<Candidate | undefined>(
    this.inspection?.candidates.find(({ format }) => format === this.format),
  )
  /** True once delimiter, encoding or header line differ from those the columns were found with. */
  readonly columnsMoved = $derived(
    this.candidate !== undefined &&
      reshaping.some((name) => name in this.settings && this.settings[name] !== this.candidate?.settings[name]),
  )
  readonly mapping = $derived<Readonly<Record<string, number>>>(this.settings.mapping ?? {})
  /** Roles the format needs and no column has. */
  readonly missingRoles = $derived(
    this.columnsMoved || this.candidate?.columns.length === 0
      ? []
      : (this.candidate?.roles ?? []).filter(({ role, required }) => required && this.mapping[role] === undefined),
  )

  constructor(desk: ImportSource) {
    this.#desk = desk
  }

  /** Asks which batches there are, and once which kinds of files are known. */
  async loadBatches(): Promise<void> {
    const batches = await answer(this.#desk.client.imports.batches())
    this.batches = batches.ok ? batches.value : undefined
    this.batchesRefusal = batches.ok ? undefined : batches.refusal
    if (this.formats.length > 0) return
    const formats = await answer(this.#desk.client.imports.formats())
    if (formats.ok) this.formats = formats.value
  }

  /** Takes a file and asks what it seems to be; nothing is written. */
  async take(file: File): Promise<void> {
    this.startOver()
    if (file.size > largestFile) {
      this.refusal = {
        code: 'INPUT_OUT_OF_RANGE',
        says: `${file.name} has ${sizeText(file.size)}; a file may have up to ${sizeText(largestFile)}. Split it, or export a shorter time.`,
      }
      return
    }
    this.#file = file
    const turn = this.#begin()
    try {
      const content = await fileContent(file)
      if (turn !== this.#turn) return
      const inspection = await answer(this.#desk.client.imports.inspect({ fileName: file.name, content }))
      if (turn !== this.#turn) return
      this.refusal = inspection.ok ? undefined : inspection.refusal
      if (inspection.ok) this.#inspected(inspection.value)
    } catch (unreadable) {
      this.refusal = { code: 'INPUT_MALFORMED', says: unreadable instanceof Error ? unreadable.message : file.name }
    } finally {
      if (turn === this.#turn) this.busy = false
    }
  }

  /** Reads the same file again, after its upload was forgotten. */
  async again(): Promise<void> {
    if (this.#file !== undefined) await this.take(this.#file)
  }

  /** Reads the file as another format, with that format's own guesses. */
  readAs(format: string): void {
    this.format = format
    this.settings = this.candidate?.settings ?? {}
    this.#changed()
  }

  /** Sets how to read the file; undefined leaves it to the desk to guess. */
  set<Name extends keyof ImportSettings>(name: Name, value: ImportSettings[Name] | undefined): void {
    const dropped: readonly string[] = reshaping.includes(name) ? [name, 'mapping'] : [name]
    const kept = Object.entries(this.settings).filter(([key]) => !dropped.includes(key))
    const next = Object.fromEntries(value === undefined ? kept : [...kept, [name, value]]) as ImportSettings
    this.settings = next
    this.#changed()
  }

  /** Gives a column a role, or none; a role belongs to one column. */
  map(index: number, role: string | undefined): void {
    const kept = Object.entries(this.mapping).filter(([, at]) => at !== index)
    this.set('mapping', Object.fromEntries(role === undefined ? kept : [...kept, [role, index]]))
  }

  /** Answers a question or corrects a cell, by the setting the problem names, and checks again. */
  async settle(setting: string, value: string): Promise<void> {
    const cell = /^corrections\.(\d+:\d+)$/.exec(setting)?.[1]
    if (cell !== undefined) this.set('corrections', { ...this.settings.corrections, [cell]: value })
    else if (setting === 'bookOpening') this.set(setting, value === 'true')
    else this.set(setting as keyof ImportSettings, value)
    await this.check()
  }

  /** Reads the whole file and shows what an import would do; nothing is written. */
  async check(): Promise<void> {
    const reading = this.#reading()
    if (reading === undefined) return
    const turn = this.#begin()
    const preview = await answer(this.#desk.client.imports.preview(reading))
    if (turn !== this.#turn) return
    this.busy = false
    this.refusal = preview.ok ? undefined : preview.refusal
    if (!preview.ok) return
    this.preview = preview.value
    this.step = 'check'
  }

  /** Writes what the preview showed as one batch; undefined when it was refused, with the reason shown. */
  async commit(): Promise<ImportDone | undefined> {
    const reading = this.#reading()
    if (reading === undefined || this.preview === undefined || this.busy) return undefined
    const turn = this.#begin()
    const done = await answer(
      this.#desk.client.imports.commit({
        ...reading,
        previewId: this.preview.previewId,
        onProblem: this.onProblem,
      }),
    )
    if (turn === this.#turn) this.busy = false
    this.refusal = done.ok ? undefined : done.refusal
    if (!done.ok) return undefined
    this.done = done.value
    this.step = 'done'
    await this.loadBatches()
    return done.value
  }

  /** Takes a batch out again; answers with the sentence to show. */
  async undo(batchId: string): Promise<string> {
    const undone = await answer(this.#desk.client.imports.undo({ batchId }))
    await this.loadBatches()
    return undone.ok ? undone.value.says : undone.refusal.says
  }

  /** Keeps these settings under a name for files of the same layout; answers with the sentence to show. */
  async savePreset(name: string): Promise<string> {
    const reading = this.#reading()
    if (reading === undefined) return 'There is no file whose reading could be saved.'
    const saved = await answer(this.#desk.client.imports.savePreset({ name, ...reading }))
    return saved.ok
      ? `Saved as “${saved.value.name}”: files of this layout are read so from now on`
      : saved.refusal.says
  }

  /** Back to the choice of a file; what was not imported is dropped. */
  startOver(): void {
    this.#turn += 1
    this.busy = false
    this.step = 'file'
    this.inspection = undefined
    this.preview = undefined
    this.done = undefined
    this.refusal = undefined
    this.format = ''
    this.settings = {}
    this.#file = undefined
  }

  #inspected(inspection: Inspection): void {
    this.inspection = inspection
    const [best] = inspection.candidates
    this.format = best?.format ?? ''
    this.settings = best?.settings ?? {}
    this.step = 'reading'
  }

  #begin(): number {
    this.#turn += 1
    this.busy = true
    this.refusal = undefined
    return this.#turn
  }

  #changed(): void {
    this.preview = undefined
    this.refusal = undefined
  }

  #reading(): { uploadId: string; format: string; settings: ImportSettings } | undefined {
    if (this.inspection === undefined || this.format === '') return undefined
    return { uploadId: this.inspection.uploadId, format: this.format, settings: this.settings }
  }
}

/** The import of this window, kept while another screen is shown. */
export const importWizardOf = keptPerBook((desk) => new ImportWizard(desk))
