import { SystemNotices, type NoticePort } from './system-notices.svelte.ts'

/** Notices of this browser; none where it has no such thing. */
export function browserNotices(): NoticePort {
  const isThere = 'Notification' in globalThis
  return {
    isAllowed: () => isThere && Notification.permission === 'granted',
    ask: async () => isThere && (await Notification.requestPermission()) === 'granted',
    show: (title, body) => {
      new Notification(title, { body, tag: `ballast ${body}` })
    },
  }
}

/** The notices of this window. */
export const systemNotices = new SystemNotices(browserNotices(), localStorage)
