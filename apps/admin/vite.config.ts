import { fileURLToPath } from 'node:url'
import { messages } from '@dhow/i18n/vite-plugin.ts'
import { tokens } from '@dhow/tokens/vite-plugin.ts'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const browsers = ['chrome111', 'edge111', 'firefox114', 'safari16.4']

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [tokens({ isDense: true }), messages({ place: 'admin.' }), react()],
  build: {
    target: browsers,
    cssTarget: browsers,
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
})
