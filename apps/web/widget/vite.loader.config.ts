import { defineConfig } from 'vite'

/** The script that a merchant puts on their page: one small file without anything else. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: '../public/widget',
    emptyOutDir: false,
    target: 'es2020',
    rollupOptions: { input: 'loader/main.ts', output: { format: 'iife', entryFileNames: 'loader.js' } },
  },
})
