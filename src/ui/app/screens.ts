import type { Component } from 'svelte'

/** One key and what it does, for the keys overlay. */
export interface KeyHint {
  readonly keys: string
  readonly does: string
}

/** One screen: its place in the title bar, its key, and how it is loaded. */
export interface Screen {
  readonly id: string
  readonly title: string
  /** Ctrl and this digit lead here; a screen without one is reached by its link, the palette or its own keys. */
  readonly digit?: number
  /** Other keys that lead here, such as `Ctrl O`. */
  readonly keys?: string
  /** Works without an open book. */
  readonly withoutBook?: boolean
  readonly load: () => Promise<{ default: Component }>
}

/** Every screen of the workstation, in the order of the title bar. A new screen is one line here. */
export const screens: readonly Screen[] = [
  { id: 'ticket', title: 'Ticket', digit: 1, load: () => import('../ticket/Ticket.svelte') },
  { id: 'desk', title: 'Desk', digit: 2, load: () => import('../desk/Desk.svelte') },
  { id: 'journal', title: 'Journal', digit: 3, load: () => import('../journal/Journal.svelte') },
  { id: 'portfolio', title: 'Portfolio', digit: 4, load: () => import('../portfolio/Portfolio.svelte') },
  { id: 'simulate', title: 'Simulate', digit: 5, load: () => import('../simulate/Simulate.svelte') },
  { id: 'lab', title: 'Lab', digit: 6, load: () => import('../lab/Lab.svelte') },
  { id: 'decisions', title: 'Audit', digit: 7, load: () => import('../audit/Audit.svelte') },
  { id: 'import', title: 'Import', keys: 'Ctrl O', load: () => import('../import/Import.svelte') },
  { id: 'settings', title: 'Settings', digit: 8, load: () => import('../settings/Settings.svelte') },
]

/** The screen shown when none is asked for. */
export const firstScreen = 'ticket'

/** Every component in each of its states, for those who build; reached by the palette or `#/kit`. */
export const componentSheet: Screen = {
  id: 'kit',
  title: 'Component sheet',
  withoutBook: true,
  load: () => import('./ComponentSheet.svelte'),
}

/** Big figures to be read from afar, in a window of their own and without any control; reached by the palette or `#/wall`. */
export const watchWall: Screen = {
  id: 'wall',
  title: 'Watch wall',
  load: () => import('../live/Wall.svelte'),
}
