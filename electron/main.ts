import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  app,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  powerMonitor,
  safeStorage,
  session,
  type BrowserWindow,
} from 'electron'
import { contract } from '../src/contract/index.ts'
import { claimDataDir } from '../src/host/claim.ts'
import { defaultDataDir } from '../src/host/data-dir.ts'
import { environmentSecrets } from '../src/host/environment-secrets.ts'
import { HostRefusal } from '../src/host/host-refusal.ts'
import { openLog } from '../src/host/log.ts'
import { openDesk } from '../src/host/open-desk.ts'
import { buildRouter } from '../src/host/router.ts'
import { openWire } from '../src/host/wire.ts'
import { alertNotices } from './alert-notices.ts'
import { appOrigin, registerAppScheme, serveAppScheme } from './app-protocol.ts'
import { acceptPorts } from './hand-off.ts'
import { haltKey } from './halt-key.ts'
import { askBeforeLeaving, guardPower, isArmed } from './live-guard.ts'
import { menuTemplate } from './menu.ts'
import { noticeStates } from './notices.ts'
import { hearHaltKeys, restrictionsOf } from './restrict.ts'
import { confine, denyPermissions } from './security.ts'
import { systemSecrets } from './system-secrets.ts'
import { openTray } from './tray.ts'
import { openWindow } from './window.ts'

// The composition root of the window. What must come before `ready` comes first, and nothing above it is awaited.
registerAppScheme()
app.enableSandbox()

const dataDir = resolve(optionOf('--data-dir') ?? defaultDataDir())
// In development the page comes from Vite; a packaged program never looks.
const developmentPage = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const origin = developmentPage === undefined ? appOrigin : new URL(developmentPage).origin
// Taken out of the environment before anything inherits it.
const fromEnvironment = environmentSecrets(process.env)
let window: BrowserWindow | undefined
// Electron removes a tray that nothing refers to.
let tray: ReturnType<typeof openTray> | undefined

try {
  // Electron's own files lie in a folder of their own, and its single-instance lock with them: one window per data folder.
  mkdirSync(join(dataDir, 'window'), { recursive: true, mode: 0o700 })
  app.setPath('userData', join(dataDir, 'window'))
  if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(stop)
  else app.quit()
} catch (error) {
  stop(error)
}

function start(): void {
  const claim = claimDataDir(dataDir, 'window')
  const log = openLog()
  const { desk, posture, onState, onAlert, held, close } = openDesk({
    dataDir,
    host: 'electron',
    log,
    feeds: true,
    secrets: systemSecrets(safeStorage, app.getPath('userData'), fromEnvironment, process.platform),
  })
  const restrict = restrictionsOf(posture, (says) => dialog.showErrorBox('The desk could not be restricted', says))
  const key = haltKey(globalShortcut, dataDir, () => restrict.halt('the halt key'))
  const notices = alertNotices(dataDir)
  onAlert(notices.tell)
  const guardLeaving = askBeforeLeaving(app, dialog, posture, held)
  guardPower(powerMonitor, posture)
  app.on('will-quit', () => {
    key.release()
    close()
    claim.release()
  })
  const serve = openWire(buildRouter(contract, desk, log), log)

  confine(app, origin)
  denyPermissions(session.defaultSession)
  if (developmentPage === undefined) serveAppScheme(join(import.meta.dirname, '../renderer'))
  acceptPorts(ipcMain, serve, origin, (contentsId) => window?.webContents.id === contentsId)
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(() => window?.webContents, process.platform, !app.isPackaged, restrict, key, notices),
    ),
  )
  const open = (): void => {
    window = openWindow(
      developmentPage ?? `${appOrigin}/index.html`,
      join(import.meta.dirname, '../preload/preload.cjs'),
      dataDir,
    )
    hearHaltKeys(window.webContents, restrict)
    guardLeaving(window)
    window.once('closed', () => (window = undefined))
  }
  const toFront = (): void => {
    if (window === undefined) open()
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  }
  app.on('second-instance', toFront)
  tray = openTray(restrict, toFront)
  const notice = noticeStates()
  onState(({ kind, state, says }) => {
    const armed = isArmed(posture)
    tray?.show({ kind, state, armed })
    notice({ state, armed, says })
  })
  app.on('activate', () => {
    if (window === undefined) open()
  })
  app.on('window-all-closed', () => app.quit())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  open()
}

function stop(error: unknown): void {
  const says = error instanceof HostRefusal ? error.message : `Ballast could not start: ${String(error)}`
  process.stderr.write(`${error instanceof Error && !(error instanceof HostRefusal) ? (error.stack ?? says) : says}\n`)
  dialog.showErrorBox('Ballast cannot start', says)
  app.exit(1)
}

function optionOf(name: string): string | undefined {
  const index = process.argv.findIndex((word) => word === name || word.startsWith(`${name}=`))
  const word = process.argv[index]
  if (word === undefined) return undefined
  return word.includes('=') ? word.slice(name.length + 1) : process.argv[index + 1]
}
