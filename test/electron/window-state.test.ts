import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { clampToScreens, readWindowState, writeWindowState, type Bounds } from '../../electron/window-state.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-state-'))
const file = join(folder, 'state.json')
const screens = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
]
afterAll(() => rmSync(folder, { recursive: true }))

const inside = (bounds: Bounds, screen: Bounds): boolean =>
  bounds.x >= screen.x &&
  bounds.y >= screen.y &&
  bounds.x + bounds.width <= screen.x + screen.width &&
  bounds.y + bounds.height <= screen.y + screen.height

describe('where the window was', () => {
  it('comes back as it was kept', () => {
    const state = { bounds: { x: 2000, y: 30, width: 800, height: 600 }, maximized: true }
    writeWindowState(file, state)
    expect(readWindowState(file, screens)).toEqual(state)
  })

  it('always lies on one of the screens there are now', () => {
    const number = fc.integer({ min: -20_000, max: 20_000 })
    const bounds = fc.record({
      x: number,
      y: number,
      width: fc.integer({ min: 0, max: 9000 }),
      height: fc.integer({ min: 0, max: 9000 }),
    })
    fc.assert(
      fc.property(bounds, (kept) => {
        const placed = clampToScreens(kept, screens)
        expect(screens.some((screen) => inside(placed, screen))).toBe(true)
        expect(clampToScreens(placed, screens)).toEqual(placed)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    '',
    '{',
    'null',
    '{}',
    '{"bounds":{"x":null,"y":0,"width":1,"height":1}}',
    '{"bounds":{"x":"0","y":0,"width":1,"height":1}}',
  ])('is the usual size, centred, when the file holds %s', (text) => {
    writeFileSync(file, text)
    expect(readWindowState(file, screens)).toEqual({
      bounds: { x: 240, y: 90, width: 1440, height: 900 },
      maximized: false,
    })
  })

  it('is the usual size at the first start, and no larger than the screen', () => {
    const small = { x: 0, y: 0, width: 1024, height: 700 }
    expect(readWindowState(join(folder, 'none.json'), [small])).toEqual({ bounds: small, maximized: false })
  })
})
