import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

/** The app inside the frame. Names without a hash: the page of the frame is a few lines that never change. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/widget/',
  publicDir: false,
  plugins: [preact()],
  build: {
    outDir: '../public/widget',
    emptyOutDir: false,
    target: 'es2022',
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: {
      input: 'app/main.tsx',
      output: { entryFileNames: 'app.js', chunkFileNames: '[name].js', assetFileNames: 'app[extname]' },
    },
  },
})
