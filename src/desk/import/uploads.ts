import { DeskRefusal } from '../refusal.ts'
import type { FileReader, ReadingProgress, SeenFile } from './file-reader.ts'

/** A received file, held by its reader until it expires; nothing of it is in the book. */
export interface Upload {
  readonly uploadId: string
  readonly seen: SeenFile
  readonly reader: FileReader
  readonly expiresAt: number
  /** Previews that were shown of it, by their id. */
  readonly shown: Set<string>
  /** How far the last reading of it came. */
  progress: ReadingProgress | undefined
}

const LIFETIME_MS = 30 * 60_000
const MOST_UPLOADS = 8
const MOST_BYTES = 192 * 1024 * 1024

/** The files that wait for a decision: few, not for long, and never on disk. The oldest makes room for a new one. */
export class Uploads {
  readonly #held = new Map<string, Upload>()

  /** Holds a file from `now` for half an hour. */
  hold(uploadId: string, seen: SeenFile, reader: FileReader, now: number): Upload {
    this.forgetExpired(now)
    const expiresAt = now + LIFETIME_MS
    const upload: Upload = { uploadId, seen, reader, expiresAt, shown: new Set(), progress: undefined }
    this.#held.set(uploadId, upload)
    for (const [id, old] of this.#held) {
      if (this.#held.size <= MOST_UPLOADS && this.bytes() <= MOST_BYTES) break
      if (old !== upload) this.forget(id)
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
    this.#held.get(uploadId)?.reader.close()
    this.#held.delete(uploadId)
  }

  private bytes(): number {
    return [...this.#held.values()].reduce((sum, upload) => sum + upload.seen.heldBytes, 0)
  }

  private forgetExpired(now: number): void {
    for (const [id, upload] of this.#held) if (upload.expiresAt <= now) this.forget(id)
  }
}
