/** The colours a canvas needs, taken from the tokens as they are now. */
export type ColourName =
  'ink' | 'ink-2' | 'ink-3' | 'bg-1' | 'edge' | 'grid' | 'gain' | 'loss' | 'series-a' | 'series-b' | 'accent'

/** Reads tokens as plain colours; a probe is asked because a custom property does not say what it comes to. */
export function themeColours(at: HTMLElement): Readonly<Record<ColourName, string>> {
  const probe = document.createElement('span')
  at.append(probe)
  const colour = (name: ColourName): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const names: readonly ColourName[] = [
    'ink',
    'ink-2',
    'ink-3',
    'bg-1',
    'edge',
    'grid',
    'gain',
    'loss',
    'series-a',
    'series-b',
    'accent',
  ]
  const colours = Object.fromEntries(names.map((name) => [name, colour(name)])) as Record<ColourName, string>
  probe.remove()
  return colours
}

/** The same colour, see-through: `rgb(1, 2, 3)` at 0.13 becomes `rgb(1 2 3 / 0.13)`. */
export const faint = (colour: string, opacity: number): string =>
  colour.startsWith('rgb(') ? `${colour.slice(0, -1).replaceAll(',', '')} / ${opacity})` : colour
