const WIDTH = 32

/** A bar that shows how much of something is done, with its percentage. */
export function progressBar(done: number, of: number): string {
  const share = of === 0 ? 0 : done / of
  const full = Math.round(share * WIDTH)
  const percent = String(Math.floor(share * 100)).padStart(3)
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${percent} %  ${done.toLocaleString('en')} of ${of.toLocaleString('en')}`
}
