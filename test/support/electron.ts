import { EventEmitter } from 'node:events'

export { safeStorage } from './stand-in-vault.ts'
export { pair, StandInPort } from './stand-in-port.ts'

type Handler = (...words: never[]) => unknown

/** What the program did to Electron, for tests to look at. */
export const seen = {
  sandboxed: false,
  schemes: [] as { scheme: string; privileges: object }[],
  protocols: new Map<string, (request: Request) => Response | Promise<Response>>(),
  windows: [] as BrowserWindow[],
  permissions: {} as Record<string, Handler>,
  paths: {} as Record<string, string>,
  menu: [] as MenuItem[],
  errors: [] as string[],
  quits: 0,
  exits: [] as number[],
  trays: [] as Tray[],
  notices: [] as { title: string; body: string }[],
  /** Questions a person was asked, and the button pressed for the next one. */
  questions: [] as { message: string; detail: string; defaultId: number; cancelId: number }[],
  answer: 0,
  /** Global keys, and what each does. */
  keys: new Map<string, () => void>(),
  /** Whether another program has every global key. */
  keysTaken: false,
  /** Whether another window has the single-instance lock. */
  locked: false,
}

interface MenuItem {
  label?: string
  role?: string
  type?: string
  accelerator?: string
  submenu?: MenuItem[]
  click?: (item: { checked: boolean }) => void
}

let ready = false

/** Electron's `app`. */
export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  enableSandbox: () => {
    if (ready) throw new Error('app.enableSandbox must come before ready')
    seen.sandboxed = true
  },
  setPath: (name: string, path: string) => {
    seen.paths[name] = path
  },
  getPath: (name: string) => {
    const path = seen.paths[name]
    if (path === undefined) throw new Error(`the folder ${name} was asked for before it was set`)
    return path
  },
  requestSingleInstanceLock: () => {
    // The lock lies in userData: asking before that is set would lock the wrong folder.
    if (seen.paths['userData'] === undefined) throw new Error('the lock was asked for before userData was set')
    return !seen.locked
  },
  whenReady: async () => {
    await Promise.resolve()
    ready = true
  },
  quit: () => {
    const asked = { stays: false, preventDefault: () => (asked.stays = true) }
    app.emit('before-quit', asked)
    if (asked.stays) return
    seen.quits += 1
    app.emit('will-quit')
  },
  exit: (code: number) => void seen.exits.push(code),
})

/** Electron's `protocol`. */
export const protocol = {
  registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: object }[]) => {
    if (ready) throw new Error('schemes must be registered before ready')
    seen.schemes.push(...schemes)
  },
  handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
    seen.protocols.set(scheme, handler)
  },
}

/** Electron's `ipcMain`. */
export const ipcMain = new EventEmitter()

/** Electron's `session`. */
export const session = {
  defaultSession: Object.fromEntries(
    ['PermissionRequest', 'PermissionCheck', 'DevicePermission', 'DisplayMediaRequest'].map((kind) => [
      `set${kind}Handler`,
      (handler: Handler) => void (seen.permissions[kind] = handler),
    ]),
  ),
}

/** Electron's `screen`: one display. */
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }

/** Electron's `dialog`. */
export const dialog = {
  showErrorBox: (title: string, text: string) => void seen.errors.push(`${title}: ${text}`),
  showMessageBoxSync: (asked: { message: string; detail: string; defaultId: number; cancelId: number }) => {
    seen.questions.push(asked)
    return seen.answer
  },
}

/** Electron's `powerMonitor`. */
export const powerMonitor = new EventEmitter()

/** Electron's `globalShortcut`. */
export const globalShortcut = {
  register: (key: string, act: () => void) => {
    if (seen.keysTaken) return false
    seen.keys.set(key, act)
    return true
  },
  isRegistered: (key: string) => seen.keys.has(key),
  unregister: (key: string) => void seen.keys.delete(key),
}

/** Electron's `nativeImage`. */
export const nativeImage = {
  createFromBitmap: (pixels: Buffer, size: { width: number; height: number }) => ({ pixels, ...size }),
}

/** Electron's `Tray`. */
export class Tray extends EventEmitter {
  image: unknown
  words = ''
  menu: MenuItem[] = []

  constructor(image: unknown) {
    super()
    this.image = image
    seen.trays.push(this)
  }
  setImage(image: unknown): void {
    this.image = image
  }
  setToolTip(words: string): void {
    this.words = words
  }
  setContextMenu(menu: MenuItem[]): void {
    this.menu = menu
  }
}

/** Electron's `Notification`. */
export class Notification {
  readonly #words: { title: string; body: string }
  constructor(words: { title: string; body: string }) {
    this.#words = words
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    seen.notices.push(this.#words)
  }
}

/** Electron's `Menu`. */
export const Menu = {
  buildFromTemplate: (template: MenuItem[]) => template,
  setApplicationMenu: (menu: MenuItem[]) => {
    seen.menu = menu
  },
}

/** Electron's `WebContents`: remembers what was done to the page. */
export class StandInContents extends EventEmitter {
  static #last = 0
  readonly id = ++StandInContents.#last
  readonly inputs: object[] = []
  reloads = 0
  closed = false
  openHandler: (() => { action: string }) | undefined
  type = 'window'

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler
  }
  getType(): string {
    return this.type
  }
  sendInputEvent(input: object): void {
    this.inputs.push(input)
  }
  reload(): void {
    this.reloads += 1
  }
  close(): void {
    this.closed = true
  }
}

/** Electron's `BrowserWindow`: says who it is to the app when it is made, and remembers what was done to it. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: StandInContents
  readonly options: Record<string, unknown>
  address = ''
  focused = 0
  shown = false
  #bounds: Record<string, unknown>

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    const { x, y, width, height } = options
    this.#bounds = { x, y, width, height }
    this.webContents = new StandInContents()
    seen.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  loadURL(address: string): Promise<void> {
    this.address = address
    return Promise.resolve()
  }
  show(): void {
    this.shown = true
  }
  focus(): void {
    this.focused += 1
  }
  isMinimized(): boolean {
    return false
  }
  isMaximized(): boolean {
    return false
  }
  getNormalBounds(): Record<string, unknown> {
    return this.#bounds
  }
  setBounds(bounds: Record<string, unknown>): void {
    this.#bounds = bounds
  }
}
