import type { MenuItemConstructorOptions, WebContents } from 'electron'
import type { AlertNotices } from './alert-notices.ts'
import { HALT_KEY, type HaltKey } from './halt-key.ts'
import type { Restrictions } from './restrict.ts'

/** Something the page does, and its key as Electron writes it. */
interface PageCommand {
  readonly label: string
  readonly accelerator: string
}

const screens: readonly PageCommand[] = [
  { label: 'Ticket', accelerator: 'CmdOrCtrl+1' },
  { label: 'Desk', accelerator: 'CmdOrCtrl+2' },
  { label: 'Audit', accelerator: 'CmdOrCtrl+7' },
  { label: 'Settings', accelerator: 'CmdOrCtrl+8' },
]
const importFile: PageCommand = { label: 'Import…', accelerator: 'CmdOrCtrl+O' }
const palette: PageCommand = { label: 'Commands…', accelerator: 'CmdOrCtrl+K' }
const panes: readonly PageCommand[] = [
  { label: 'Next Pane', accelerator: 'F6' },
  { label: 'Previous Pane', accelerator: 'Shift+F6' },
]
const keys: PageCommand = { label: 'Keys', accelerator: 'F1' }

/** The whole native menu. The page owns its keys: an item shows the key and, when clicked, presses it in the page. */
export function menuTemplate(
  contents: () => WebContents | undefined,
  platform: NodeJS.Platform,
  forDevelopers: boolean,
  restrict: Restrictions,
  haltKey: HaltKey,
  notices: Pick<AlertNotices, 'isOn' | 'set'>,
): MenuItemConstructorOptions[] {
  const item = ({ label, accelerator }: PageCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => press(contents(), accelerator, platform),
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const mac = platform === 'darwin'
  const tools: MenuItemConstructorOptions[] = forDevelopers
    ? [line, { role: 'reload' }, { role: 'toggleDevTools' }]
    : []
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [item(importFile), line, mac ? { role: 'close' } : { role: 'quit', accelerator: 'CmdOrCtrl+Q' }],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...screens.map(item),
        line,
        item(palette),
        ...panes.map(item),
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen', accelerator: mac ? 'Ctrl+Cmd+F' : 'F11' },
        ...tools,
      ],
    },
    {
      label: '&Risk',
      submenu: [
        // The keys are heard before the page hears them; here they are shown, and a click needs no page.
        {
          label: 'Stop Adding Risk',
          accelerator: 'F9',
          registerAccelerator: false,
          click: () => restrict.stopAddingRisk('the menu'),
        },
        {
          label: 'Halt',
          accelerator: 'Shift+F9',
          registerAccelerator: false,
          click: () => restrict.halt('the menu'),
        },
        line,
        {
          label: 'Halt Key in Every Program',
          type: 'checkbox',
          accelerator: HALT_KEY,
          registerAccelerator: false,
          checked: haltKey.isOn(),
          click: (clicked) => (clicked.checked = haltKey.set(clicked.checked)),
        },
        {
          label: 'Notices of Limits',
          type: 'checkbox',
          accelerator: 'CmdOrCtrl+Alt+Shift+N',
          checked: notices.isOn(),
          click: (clicked) => (clicked.checked = notices.set(clicked.checked)),
        },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', label: '&Help', submenu: [item(keys)] },
  ]
}

function press(contents: WebContents | undefined, accelerator: string, platform: NodeJS.Platform): void {
  const parts = accelerator.split('+')
  const keyCode = parts.pop()
  if (contents === undefined || keyCode === undefined) return
  const modifiers = parts.map((part) => (part === 'Shift' ? 'shift' : platform === 'darwin' ? 'meta' : 'control'))
  for (const type of ['keyDown', 'keyUp'] as const) contents.sendInputEvent({ type, keyCode, modifiers })
}
