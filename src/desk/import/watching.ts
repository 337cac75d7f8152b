import type { StopSignal } from '../ports.ts'
import type { Watching } from './file-reader.ts'
import type { Upload } from './uploads.ts'

/** A signal that nobody gives. */
export const NEVER: StopSignal = {
  aborted: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}

/** Notes on the upload how far its reading is. */
export function watchingOf(upload: Upload, signal: StopSignal): Watching {
  return {
    signal,
    tell: (progress) => {
      upload.progress = progress
    },
  }
}
