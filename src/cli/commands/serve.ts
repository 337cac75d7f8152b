import { resolve } from 'node:path'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'
import { dataDirOf } from '../open-book.ts'

interface Options {
  readonly port?: string
}

export const serve = defineCommand<Options>({
  name: 'serve',
  says: 'Serve the workstation and its REST interface on 127.0.0.1 until Ctrl+C.',
  examples: ['serve', 'serve --book paper.ballast --port 0 --json'],
  options: (command) => void command.option('--port <number>', 'port; 0 for any that is free'),
  action: async (terminal, options) => {
    const port = options.port === undefined ? undefined : portOf(options.port)
    const dataDir = await dataDirOf(options)
    const { serveDesk } = await import('../../host/serve-desk.ts')
    const bookPath = options.book === undefined ? undefined : resolve(options.book)
    const served = await serveDesk(dataDir, port, import.meta.dirname, bookPath)
    let ending = false
    const end = (): void => {
      if (ending) return
      ending = true
      void served.close().then(() => process.exit(0))
    }
    process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end)
    const url = served.newAddress()
    if (served.remark !== undefined) terminal.note(served.remark)
    return {
      document: { url, origin: served.origin, dataDir, pid: process.pid, remark: served.remark ?? null },
      text: `Ballast answers at ${url} (the token works once); Ctrl+C ends it.`,
    }
  },
})

function portOf(word: string): number {
  if (/^\d{1,5}$/.test(word) && Number(word) <= 65_535) return Number(word)
  throw new CommandRefusal(
    'BAD_OPTION',
    `--port is «${word}»: give a whole number from 0 (any free port) to 65535.`,
    '--port',
  )
}
