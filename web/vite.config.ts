import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'
import { dsfrWithoutStateBrand } from './vite/dsfr-without-state-brand.ts'

export default defineConfig({
  build: { assetsInlineLimit: 0 },
  plugins: [
    dsfrWithoutStateBrand(),
    sveltekit({
      adapter: adapter({ precompress: false }),
      compilerOptions: { runes: true },
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
