import { protocol } from 'electron'
import { securityHeaders } from '../src/host/content-security-policy.ts'
import { readPageFiles } from '../src/host/page-files.ts'

/** The only place the window's page comes from. */
export const appOrigin = 'app://desk'

/** Makes `app:` a scheme like https; to be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Answers `app://desk/…` from the built page, with its policy as a header; everything else is 404 or 405. */
export function serveAppScheme(pageFolder: string): void {
  const files = readPageFiles(pageFolder)
  protocol.handle('app', (request) => {
    const url = URL.parse(request.url)
    const file = url?.host === 'desk' ? files.get(url.pathname === '/' ? '/index.html' : url.pathname) : undefined
    if (file === undefined) return new Response(null, { status: 404, headers: securityHeaders })
    if (request.method !== 'GET')
      return new Response(null, { status: 405, headers: { ...securityHeaders, allow: 'GET' } })
    return new Response(new Uint8Array(file.body), { headers: { ...securityHeaders, 'content-type': file.type } })
  })
}
