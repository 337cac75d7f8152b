/** Largest file that may be read, in bytes: 64 MiB. */
export const largestFile = 64 * 1024 * 1024

/** The bytes of a file as base64; rejects with one sentence where the file cannot be read. */
export function fileContent(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () =>
      reject(new Error(`${file.name} could not be read from the disk: check that it still exists and may be opened.`))
    reader.onload = () => {
      const address = typeof reader.result === 'string' ? reader.result : ''
      resolve(address.slice(address.indexOf(',') + 1))
    }
    reader.readAsDataURL(file)
  })
}

/** A size of a file in words: `0.3 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
