import { DeskRefusal } from '../refusal.ts'
import type { SourceFile } from './ports.ts'
import type { ImportPlan } from './plan-import.ts'

/** A received file, held in memory until it expires; nothing of it is in the book. */
export interface Upload {
  readonly uploadId: string
  readonly file: SourceFile
  readonly expiresAt: number
  /** Previews that were shown of it, by their id. */
  readonly shown: Set<string>
  /** The plan of the last preview with the version of the book it was made for. */
  last: { readonly previewId: string; readonly version: number; readonly plan: ImportPlan } | undefined
}

const LIFETIME_MS = 30 * 60_000
const MOST_UPLOADS = 8
const MOST_BYTES = 192 * 1024 * 1024

/** The files that wait for a decision: few, not for long, and never on disk. The oldest makes room for a new one. */
export class Uploads {
  readonly #held = new Map<string, Upload>()

  /** Holds a file from `now` for half an hour. */
  hold(uploadId: string, file: SourceFile, now: number): Upload {
    this.forgetExpired(now)
    const upload: Upload = { uploadId, file, expiresAt: now + LIFETIME_MS, shown: new Set(), last: undefined }
    this.#held.set(uploadId, upload)
    for (const [id, old] of this.#held) {
      if (this.#held.size <= MOST_UPLOADS && this.bytes() <= MOST_BYTES) break
      if (old !== upload) this.#held.delete(id)
    }
    return upload
  }

  /** The file of an upload. Throws `UPLOAD_GONE` once it has expired or was never there. */
  get(uploadId: string, now: number): Upload {
    this.forgetExpired(now)
    const upload = this.#held.get(uploadId)
    if (upload !== undefined) return upload
    throw new DeskRefusal('UPLOAD_GONE', 'The file is no longer held: choose it again.', 'uploadId')
  }

  /** Forgets a file that has been dealt with. */
  forget(uploadId: string): void {
    this.#held.delete(uploadId)
  }

  private bytes(): number {
    return [...this.#held.values()].reduce((sum, upload) => sum + upload.file.bytes.byteLength, 0)
  }

  private forgetExpired(now: number): void {
    for (const [id, upload] of this.#held) if (upload.expiresAt <= now) this.#held.delete(id)
  }
}
