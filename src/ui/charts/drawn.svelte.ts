import { untrack } from 'svelte'
import { appearance } from '../app/appearance.svelte.ts'
import { onChange } from '../kit/on-change.svelte.ts'
import { drawings } from './draw-queue.ts'

/** A chart on a canvas. */
interface Drawn {
  forgetColours(): void
  end(): void
}

/**
 * Makes a chart while there is a canvas, and draws it in one of the next frames whenever what `reads` reads or the
 * appearance has changed.
 */
export function drawn<Made extends Drawn>(
  canvas: () => HTMLCanvasElement | undefined,
  make: (on: HTMLCanvasElement) => Made,
  reads: () => unknown,
  draw: (chart: Made) => void,
): void {
  let chart = $state.raw<Made>()
  $effect(() => {
    const on = canvas()
    if (on === undefined) return
    const made = untrack(() => make(on))
    chart = made
    return () => {
      drawings.drop(made)
      made.end()
    }
  })
  onChange(
    () => appearance.changes,
    () => chart?.forgetColours(),
  )
  onChange(
    () => [chart, reads(), appearance.changes],
    () => {
      const on = chart
      if (on !== undefined) drawings.add(on, () => draw(on))
    },
  )
}
