import type { Plugin } from 'vite'

const FONT_FACES = /@font-face\{[^}]*\}/g
const LOGO_RULES = /(?<=[{}])[^{}@]*\.fr-logo[^{}]*\{[^{}]*\}/g
const FONT_NAMES = /font-family:(?:Marianne|Spectral)[^;}!]*/g

/**
 * The State's font and logo are reserved: an instance ships neither unless it is entitled to. Removes both
 * from DSFR's sheets, and hands the typeface over to `--vigie-font`.
 */
export function dsfrWithoutStateBrand(): Plugin {
  return {
    name: 'vigie:dsfr-without-state-brand',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('@gouvfr/dsfr') || !id.includes('.css')) return null
      const stripped = code
        .replace(FONT_FACES, '')
        .replace(LOGO_RULES, '')
        .replace(FONT_NAMES, 'font-family:var(--vigie-font)')
      return { code: stripped, map: null }
    },
  }
}
