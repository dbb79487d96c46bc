declare global {
  interface Window {
    dsfr?: { mode?: string; start?: () => void }
  }
}

/** Loads DSFR's behaviours (modals, accordions, theme) once the page is interactive. */
export async function startDsfr(): Promise<void> {
  if (window.dsfr) return
  window.dsfr = { mode: 'manual' }
  await import('@gouvfr/dsfr/dist/dsfr.module.min.js')
  window.dsfr.start?.()
}
