import { join } from 'node:path'
import { BrowserWindow, dialog, screen } from 'electron'
import { lockedPreferences } from './security.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

const mostReloads = 3
const reloadSpan = 60_000

/** Opens the window where it last was and loads the page; the caller keeps the reference. */
export function openWindow(address: string, preloadFile: string, dataDir: string): BrowserWindow {
  const stateFile = join(dataDir, 'window', 'state.json')
  const { bounds, maximized } = readWindowState(
    stateFile,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 400,
    minHeight: 500,
    show: false,
    title: 'Ballast',
    backgroundColor: '#12161c',
    webPreferences: { ...lockedPreferences, preload: preloadFile },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () =>
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }),
  )
  reloadAfterCrash(window)
  void window.loadURL(address)
  return window
}

// The books are in the main process and safe; a page that keeps crashing is left alone with a sentence.
function reloadAfterCrash(window: BrowserWindow): void {
  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const now = Date.now()
    crashes = [...crashes.filter((at) => now - at < reloadSpan), now]
    if (crashes.length <= mostReloads) window.webContents.reload()
    else
      dialog.showErrorBox(
        'The page stopped',
        `It ended ${crashes.length} times within a minute (${reason}). Your books are safe; start Ballast again.`,
      )
  })
}
