import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { messages } from '@dhow/i18n/vite-plugin.ts'
import { tokens } from '@dhow/tokens/vite-plugin.ts'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { pageEntries } from './scripts/page-entries.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const pageNames = readdirSync(`${root}/src/pages`).flatMap((file) => /^(.+)\.page\.tsx$/.exec(file)?.[1] ?? [])
const browsers = ['chrome111', 'edge111', 'firefox114', 'safari16.4']

/** The way from the cart to the order and the account have many words no catalogue page says, and staff's are never said here. */
const words = {
  apart: {
    account: ['signIn.', 'account.', 'problems.auth/', 'problems.account/'],
    orders: ['checkout.', 'orders.', 'problems.cod/'],
  },
  without: [
    'problems.staff/',
    'problems.approvals/',
    'problems.security/',
    'problems.webhooks/',
    'problems.reconciliation/',
  ],
}

export default defineConfig(({ isSsrBuild }) => ({
  root,
  appType: 'custom',
  plugins: [tokens(), messages(words), pageEntries(), react()],
  publicDir: isSsrBuild ? false : 'public',
  build: {
    target: isSsrBuild ? 'node24' : browsers,
    cssTarget: browsers,
    outDir: isSsrBuild ? 'dist/server' : 'dist/client',
    emptyOutDir: true,
    manifest: !isSsrBuild,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: isSsrBuild
        ? { main: `${root}/src/server/main.ts` }
        : Object.fromEntries(pageNames.map((name) => [name, `virtual:page/${name}`])),
    },
  },
}))
