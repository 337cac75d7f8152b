import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)
const deskOrigin = process.env['BALLAST_DEV_ORIGIN']

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: at('electron/main.ts'),
          desk: at('src/host/desk-host.ts'),
          cli: at('src/cli/main.ts'),
          'import-reader': at('src/workers/import-reader.ts'),
          'market-worker': at('src/workers/market-worker.ts'),
          'simulation-worker': at('src/workers/simulation-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/ui'),
    plugins: [svelte()],
    server: {
      port: 5173,
      strictPort: true,
      // In development the page comes from Vite and the calls go to the desk host.
      ...(deskOrigin === undefined
        ? {}
        : {
            proxy: Object.fromEntries(
              ['^/rpc(/|$)', '^/api/'].map((path) => [
                path,
                {
                  target: deskOrigin,
                  ws: true,
                  changeOrigin: true,
                  headers: { origin: deskOrigin, authorization: `Bearer ${process.env['BALLAST_DEV_TOKEN'] ?? ''}` },
                },
              ]),
            ),
          }),
    },
    build: {
      outDir: at('out/renderer'),
      assetsInlineLimit: 0,
      minify: true,
      rolldownOptions: { input: at('src/ui/index.html') },
    },
  },
})
