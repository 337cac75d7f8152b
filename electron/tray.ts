import { Menu, nativeImage, Tray, type NativeImage } from 'electron'
import type { BookKind } from '../src/desk/ports.ts'
import type { DeskState } from '../src/domain/desk-state/desk-state.ts'
import type { Restrictions } from './restrict.ts'

/** What the tray shows. */
export interface TrayPicture {
  readonly kind: BookKind | undefined
  readonly state: DeskState | undefined
  readonly armed: boolean
}

/** A shape that is told apart without colour. */
export type TrayShape = 'circle' | 'triangle' | 'bar'

const SIZE = 16

/** Shows the state in words and as a shape beside the clock, with Halt and Open. The caller keeps the reference. */
export function openTray(restrict: Restrictions, open: () => void): { readonly show: (picture: TrayPicture) => void } {
  const tray = new Tray(shapeImage('circle'))
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open Ballast', click: open },
      { type: 'separator' },
      { label: 'Stop Adding Risk', click: () => restrict.stopAddingRisk('the tray') },
      { label: 'Halt', click: () => restrict.halt('the tray') },
    ]),
  )
  tray.on('click', open)
  return {
    show(picture) {
      tray.setImage(shapeImage(shapeOf(picture)))
      tray.setToolTip(trayWords(picture))
    },
  }
}

/** Circle for paper and sample, triangle for live, bar for a desk that is halted or worse. */
export function shapeOf({ kind, state }: TrayPicture): TrayShape {
  if (state === 'HALTED' || state === 'FAULT') return 'bar'
  return kind === 'live' ? 'triangle' : 'circle'
}

/** The state in words. */
export function trayWords({ kind, state, armed }: TrayPicture): string {
  if (kind === undefined || state === undefined) return 'Ballast: no book is open'
  const word = kind === 'live' ? (armed ? 'LIVE, armed' : 'LIVE, not armed') : kind
  return `Ballast: ${word}, ${state}`
}

function shapeImage(shape: TrayShape): NativeImage {
  return nativeImage.createFromBitmap(shapePixels(shape), { width: SIZE, height: SIZE })
}

/** The shape in white on nothing with a dark rim, so that it is seen on light and dark trays alike. */
export function shapePixels(shape: TrayShape): Buffer {
  const pixels = Buffer.alloc(SIZE * SIZE * 4)
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      if (!covers(shape, x, y, 0)) continue
      const tone = covers(shape, x, y, 2) ? 0xf5 : 0x20
      pixels.fill(tone, (y * SIZE + x) * 4, (y * SIZE + x) * 4 + 3)
      pixels[(y * SIZE + x) * 4 + 3] = 0xff
    }
  }
  return pixels
}

function covers(shape: TrayShape, x: number, y: number, rim: number): boolean {
  const [across, down] = [x - 7.5, y - 7.5]
  if (shape === 'circle') return Math.hypot(across, down) <= 7.5 - rim
  if (shape === 'bar') return Math.abs(down) <= 4 - rim && Math.abs(across) <= 7.5 - rim
  return down <= 7 - rim && Math.abs(across) <= (down + 8 - 2 * rim) / 2
}
