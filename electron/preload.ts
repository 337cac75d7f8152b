import { ipcRenderer } from 'electron'

// Sandboxed: CommonJS, nothing but electron. Its one job is to hand a port made by the page to the main process.
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.data !== 'desk:connect') return
  const [port] = event.ports
  if (port !== undefined) ipcRenderer.postMessage('desk:connect', null, [port])
})
