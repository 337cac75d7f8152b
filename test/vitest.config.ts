import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Everything but the browser: one process per test file, real SQLite, Electron replaced by its stand-in. */
export default defineConfig({
  root: at('..'),
  plugins: [svelte({ configFile: false, compilerOptions: { hmr: false } })],
  resolve: { alias: { electron: at('./support/electron.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    setupFiles: [at('./support/fixed-seed.ts')],
    environment: 'node',
    pool: 'forks',
    // A core is left to nobody: what waits for a disk or a child leaves one free anyway.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
