/** Placeholder until the stand-in for electron is written. */
export const app = {}
