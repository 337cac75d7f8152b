import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'

const typed = {
  parserOptions: {
    projectService: { allowDefaultProject: ['eslint.config.js'] },
    tsconfigRootDir: import.meta.dirname,
    // The same for every kind of file: the types are loaded anew wherever it changes.
    extraFileExtensions: ['.svelte'],
  },
}

export default defineConfig(
  {
    ignores: [
      'node_modules',
      'out',
      'coverage',
      '.test-results',
      '**/.svelte-check/**',
      'electron/launch.mjs',
      'electron/launch/**',
      'test/architecture/*.cjs',
      'resources/bridges/**',
    ],
  },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  { languageOptions: typed },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { ...typed.parserOptions, parser: ts.parser } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  {
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/consistent-type-definitions': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } },
      ],
    },
  },
  { files: ['*.config.*', 'test/*.config.ts', '**/*.d.ts'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['eslint.config.js'], extends: [ts.configs.disableTypeChecked] },
)
