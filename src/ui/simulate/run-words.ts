/** The first stage of a full run. */
export const PATHS = 'Paths'
/** The last stage of a full run. */
export const SEARCH = 'Fractions'
/** Said where a run was cancelled before it was whole. */
export const LEFT = 'The run was cancelled: nothing of it is shown or kept.'
/** Said where only the search after it was cancelled. */
export const SEARCH_LEFT = 'The search for the fraction was cancelled; the run before it is whole and kept.'
/** Said where a run was stopped by a change of its inputs. */
export const OTHER_INPUTS = 'The run was stopped because the inputs changed: nothing of it is shown or kept.'
