import type { ColourName } from './theme-colours.ts'

/** Room already taken by words, in pixels. */
export interface Room {
  readonly left: number
  readonly right: number
  readonly y: number
}

const ROW = 15

/** Writes words right of a place, or left of it where there is no room, on ground of their own and below what is `taken`. */
export function drawWords(
  brush: CanvasRenderingContext2D,
  label: string,
  x: number,
  y: number,
  most: number,
  colours: Readonly<Record<ColourName, string>>,
  taken: Room[] = [],
): void {
  if (label === '') return
  const width = brush.measureText(label).width
  const left = x + 6 + width > most ? x - 6 - width : x + 6
  const right = left + width
  const isTaken = (at: number): boolean =>
    taken.some((room) => room.y === at && left < room.right + 6 && right > room.left - 6)
  let row = y
  while (isTaken(row)) row += ROW
  taken.push({ left, right, y: row })
  brush.fillStyle = colours['bg-1']
  brush.globalAlpha = 0.8
  brush.fillRect(left - 2, row - 7, width + 4, 14)
  brush.globalAlpha = 1
  brush.fillStyle = colours['ink-2']
  brush.textBaseline = 'middle'
  brush.fillText(label, left, row)
}
