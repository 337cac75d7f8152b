import { router } from '../app/router.svelte.ts'

/** Whether the feed panel stands open on the Desk. */
export const feedPlace = $state({ open: false })

/** Leads to the feed panel from wherever one is. */
export function showFeed(): void {
  feedPlace.open = true
  router.go('desk')
}
