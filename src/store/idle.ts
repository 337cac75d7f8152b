import fs from 'node:fs'
import { LOG_PAGES, PAGE_BYTES, type WriteConnection } from './connection.ts'

const FRAME_BYTES = PAGE_BYTES + 24
const ROOM_BYTES = 32 + LOG_PAGES * FRAME_BYTES

/**
 * Moves the write-ahead log into the book, so that no commit has to. The log keeps its size: commits then overwrite it
 * instead of making it longer, which halves the time of a commit where the file system notes each new length.
 */
export function settleLog(path: string, connection: WriteConnection): void {
  connection.pragma('wal_checkpoint(PASSIVE)')
  makeRoom(`${path}-wal`)
}

/** Lengthens the log with zeros, which SQLite reads as its end, up to the size it may grow to before it is moved. */
function makeRoom(logPath: string): void {
  const file = fs.openSync(logPath, 'r+')
  try {
    const { size } = fs.fstatSync(file)
    if (size === 0 || size >= ROOM_BYTES) return
    const zeros = Buffer.alloc(1 << 20)
    for (let at = size; at < ROOM_BYTES; at += zeros.length) {
      fs.writeSync(file, zeros, 0, Math.min(zeros.length, ROOM_BYTES - at), at)
    }
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}
