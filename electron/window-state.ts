import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A rectangle on the desktop, in device-independent pixels. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the window was, and whether it filled the screen. */
export interface WindowState {
  readonly bounds: Bounds
  readonly maximized: boolean
}

const least = { width: 400, height: 500 }
const usual = { width: 1440, height: 900 }

/** The state kept in a file, made to fit the screens there are now; the usual size, centred, where nothing sensible is kept. */
export function readWindowState(file: string, screens: readonly Bounds[]): WindowState {
  const kept = parse(file)
  const first = screens[0] ?? { x: 0, y: 0, ...usual }
  return kept === undefined
    ? { bounds: centred(first), maximized: false }
    : { ...kept, bounds: clampToScreens(kept.bounds, screens) }
}

/** Keeps the state; a crash leaves the old file or the new one. */
export function writeWindowState(file: string, state: WindowState): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(state))
  renameSync(`${file}.new`, file)
}

/** Moves and shrinks a rectangle until it lies on the screen it covers most, or on the first when it covers none. */
export function clampToScreens(bounds: Bounds, screens: readonly Bounds[]): Bounds {
  const [first, ...others] = screens
  if (first === undefined) return bounds
  const screen = others.reduce((best, next) => (overlap(bounds, next) > overlap(bounds, best) ? next : best), first)
  const width = Math.min(Math.max(bounds.width, least.width), screen.width)
  const height = Math.min(Math.max(bounds.height, least.height), screen.height)
  const x = Math.min(Math.max(bounds.x, screen.x), screen.x + screen.width - width)
  const y = Math.min(Math.max(bounds.y, screen.y), screen.y + screen.height - height)
  return { x, y, width, height }
}

function overlap(a: Bounds, b: Bounds): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(width, 0) * Math.max(height, 0)
}

function centred(screen: Bounds): Bounds {
  const width = Math.min(usual.width, screen.width)
  const height = Math.min(usual.height, screen.height)
  const x = screen.x + Math.floor((screen.width - width) / 2)
  return { x, y: screen.y + Math.floor((screen.height - height) / 2), width, height }
}

function parse(file: string): WindowState | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return stateOf(text)
}

function stateOf(text: string): WindowState | undefined {
  try {
    const { bounds, maximized } = JSON.parse(text) as { bounds?: Partial<Bounds>; maximized?: unknown }
    const { x, y, width, height } = bounds ?? {}
    if (![x, y, width, height].every(Number.isFinite)) return undefined
    return { bounds: { x, y, width, height } as Bounds, maximized: maximized === true }
  } catch (error) {
    // Where the window was is no reason not to start.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}
