/** How the window looks: kept on this computer, applied as attributes on the root element. */
export type Theme = 'system' | 'light' | 'dark'
/** How close together rows stand; `auto` follows the size of the window. */
export type Density = 'auto' | 'compact' | 'comfortable'
/** Hues of profit and loss: blue and orange, green and red, or red for profit as in East Asia. */
export type ProfitHues = 'blue-orange' | 'green-red' | 'red-green'

const keptAs = 'ballast.appearance'
const themes: readonly [Theme, ...Theme[]] = ['system', 'light', 'dark']
const densities: readonly [Density, ...Density[]] = ['auto', 'compact', 'comfortable']
const hues: readonly [ProfitHues, ...ProfitHues[]] = ['blue-orange', 'green-red', 'red-green']

/** The looks this person chose; each change is applied at once and kept. */
export class Appearance {
  #theme = $state<Theme>('system')
  #density = $state<Density>('auto')
  #profitHues = $state<ProfitHues>('blue-orange')
  /** Goes up whenever colours change, so that canvases draw again. */
  changes = $state(0)

  constructor() {
    const kept = readKept()
    this.#theme = oneOf(themes, kept['theme'])
    this.#density = oneOf(densities, kept['density'])
    this.#profitHues = oneOf(hues, kept['profitHues'])
    matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => (this.changes += 1))
    this.#apply()
  }

  get theme(): Theme {
    return this.#theme
  }
  set theme(theme: Theme) {
    this.#theme = theme
    this.#keep()
  }
  get density(): Density {
    return this.#density
  }
  set density(density: Density) {
    this.#density = density
    this.#keep()
  }
  get profitHues(): ProfitHues {
    return this.#profitHues
  }
  set profitHues(profitHues: ProfitHues) {
    this.#profitHues = profitHues
    this.#keep()
  }

  /** The next theme in the round system, light, dark. */
  nextTheme(): void {
    this.theme = themes[(themes.indexOf(this.#theme) + 1) % themes.length] ?? 'system'
  }

  /** The next density in the round auto, compact, comfortable. */
  nextDensity(): void {
    this.density = densities[(densities.indexOf(this.#density) + 1) % densities.length] ?? 'auto'
  }

  #keep(): void {
    const { theme, density, profitHues } = this
    localStorage.setItem(keptAs, JSON.stringify({ theme, density, profitHues }))
    this.#apply()
  }

  #apply(): void {
    const root = document.documentElement
    attribute(root, 'data-theme', this.#theme === 'system' ? undefined : this.#theme)
    attribute(root, 'data-density', this.#density === 'auto' ? undefined : this.#density)
    attribute(root, 'data-pnl', this.#profitHues === 'blue-orange' ? undefined : this.#profitHues)
    this.changes += 1
  }
}

function attribute(root: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) root.removeAttribute(name)
  else root.setAttribute(name, value)
}

function oneOf<Value extends string>(values: readonly [Value, ...Value[]], kept: unknown): Value {
  return values.find((value) => value === kept) ?? values[0]
}

function readKept(): Record<string, unknown> {
  const text = localStorage.getItem(keptAs)
  if (text === null) return {}
  try {
    const kept: unknown = JSON.parse(text)
    return typeof kept === 'object' && kept !== null ? { ...kept } : {}
  } catch {
    localStorage.removeItem(keptAs)
    return {}
  }
}

/** The looks of this window. */
export const appearance = new Appearance()
