// Blocks the first paint on purpose: the theme is right before anything is drawn.
;(() => {
  const root = document.documentElement
  const scheme = root.getAttribute('data-fr-scheme') || 'system'
  const dark =
    scheme === 'dark' || (scheme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-fr-theme', dark ? 'dark' : 'light')
  try {
    localStorage.setItem('scheme', scheme)
  } catch {
    root.setAttribute('data-fr-scheme', scheme)
  }
})()
