import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The tests that judge a mutant of the sizing core: direct ones only, so that a mutant costs a second; the properties would kill more. */
export default defineConfig({
  root: at('..'),
  test: {
    include: [
      'test/domain/{edge,governor,sizing,prop-firm,portfolio}/**/*.test.ts',
      'test/domain/*.test.ts',
      'test/domain/profile/sources/*.test.ts',
      'test/oracles/{kelly,vince,wilson,worked,trade,thorp,continuous}*.test.ts',
    ],
    setupFiles: [at('./support/fixed-seed.ts')],
    environment: 'node',
    isolate: false,
    testTimeout: 10_000,
  },
})
