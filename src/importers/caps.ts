/** Largest file accepted, packed or unpacked, in bytes. */
export const MOST_BYTES = 64 * 1024 * 1024
/** Most rows of data in one file. */
export const MOST_ROWS = 5_000_000
/** Longest attribute of an XML element, in characters. */
export const LONGEST_CELL = 1024 * 1024
/** Longest row of a table, and so its longest cell, in characters. */
export const LONGEST_ROW = 1024 * 1024
/** Most columns of a table. */
export const MOST_COLUMNS = 10_000
/** Deepest nesting of XML elements. */
export const DEEPEST_XML = 32
/** Most times a packed file may grow; market data in text shrinks by less than this. */
export const HIGHEST_RATIO = 200
/** Most problems kept of one file: beyond this it is not the format it was read as. */
export const MOST_PROBLEMS = 250_000
