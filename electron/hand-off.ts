import type { IpcMain, IpcMainEvent } from 'electron'
import { servePort, type EmittingPort } from '../src/host/port-host.ts'
import type { WireEnd } from '../src/host/wire.ts'
import { isOurs } from './security.ts'

/**
 * Serves each port the page hands over, if it comes from the top frame of one of our windows at our origin; any other is closed
 * at once. This is the only channel there is.
 */
export function acceptPorts(
  ipcMain: IpcMain,
  serve: (end: WireEnd) => void,
  origin: string,
  isOurWindow: (contentsId: number) => boolean,
): void {
  // Electron closes a port that nothing refers to.
  const kept = new Set<EmittingPort>()
  ipcMain.on('desk:connect', (event: IpcMainEvent) => {
    const [port, ...others] = event.ports
    if (port === undefined || others.length > 0 || !isWelcome(event, origin, isOurWindow)) {
      for (const refused of event.ports) refused.close()
      return
    }
    kept.add(port)
    port.on('close', () => kept.delete(port))
    servePort(serve, port)
  })
}

function isWelcome(
  { sender, senderFrame }: IpcMainEvent,
  origin: string,
  isOurWindow: (contentsId: number) => boolean,
): boolean {
  return (
    senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url, origin) && isOurWindow(sender.id)
  )
}
