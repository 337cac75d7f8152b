/** True while the person types into something, so that single letters are letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}

/** True for Ctrl (or Cmd) and a key, with no other modifier but those named. */
export function isCommand(event: KeyboardEvent, key: string, shift = false): boolean {
  return (
    (event.ctrlKey || event.metaKey) &&
    !event.altKey &&
    event.shiftKey === shift &&
    event.key.toLowerCase() === key.toLowerCase()
  )
}

/** Moves focus to the next pane, or the previous one: everything marked `data-pane`, in the order of the page. */
export function cyclePanes(backwards: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null)
  if (panes.length === 0) return
  const at = panes.findIndex((pane) => pane.contains(document.activeElement))
  const next = panes[(at + (backwards ? -1 : 1) + panes.length) % panes.length]
  next?.focus()
}
