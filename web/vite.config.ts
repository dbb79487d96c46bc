import { fileURLToPath } from 'node:url'
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'
import { dsfrWithoutStateBrand } from './vite/dsfr-without-state-brand.ts'

/** The operator's documents, which the site shows: they become part of the build. */
const EXPLOITATION = fileURLToPath(new URL('../docs/exploitation', import.meta.url))

export default defineConfig({
  resolve: { alias: { '#exploitation': EXPLOITATION } },
  build: { assetsInlineLimit: 0 },
  plugins: [
    dsfrWithoutStateBrand(),
    sveltekit({
      adapter: adapter({ precompress: false }),
      compilerOptions: { runes: true },
      // Registered by the visit pages alone.
      serviceWorker: { register: false },
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
})
