import { untrack } from 'svelte'

/** Runs something at the start of a component and whenever what `read` reads has changed; what it runs is not watched. */
export function onChange(read: () => unknown, run: () => unknown): void {
  $effect(() => {
    read()
    untrack(run)
  })
}
