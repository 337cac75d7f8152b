import type { App, Session, WebPreferences } from 'electron'

/** What every window of ours is made with; nothing from a configuration is ever mixed into it. */
export const lockedPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // A window behind another one still sends the heartbeats that keep its arm.
  backgroundThrottling: false,
  spellcheck: false,
} as const satisfies WebPreferences

/** Refuses the page every permission, device and capture: Electron grants them unless told otherwise. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, grant) => grant(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, grant) => grant({}))
}

/** Keeps every page that is ever made inside `origin`: no navigation away, no new window, no webview, no loosened setting. */
export function confine(app: App, origin: string): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    for (const move of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
      contents.on(move as 'will-navigate', (event) => {
        if (!isOurs(event.url, origin)) event.preventDefault()
      })
    }
    // Windows are made in one place, with the preferences above; developer tools are `remote`. Nothing else may live.
    if (!['window', 'remote'].includes(contents.getType())) contents.close()
  })
}

/** Whether an address belongs to `origin` itself, not to a host that begins alike. */
export function isOurs(address: string, origin: string): boolean {
  return address === origin || address.startsWith(`${origin}/`)
}
