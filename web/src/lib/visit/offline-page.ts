import { isVisitPage, KEPT_PAGES } from './kept-pages.ts'

/** The visit pages alone: every other page of the site stays as it is. */
const SCOPE = '/visites/'
const PATIENCE_MS = 15_000

async function askToKeep(paths: readonly string[]): Promise<boolean> {
  const { active } = await navigator.serviceWorker.ready
  if (!active) return false
  return new Promise((resolve) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = (event) => resolve(event.data === true)
    setTimeout(() => resolve(false), PATIENCE_MS)
    active.postMessage({ paths }, [channel.port2])
  })
}

/** Files of the site that this page has loaded. */
const partsOfPage = (): readonly string[] => [
  ...new Set(
    [
      ...performance.getEntriesByType('resource').map(({ name }) => name),
      ...[...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href),
      ...[...document.querySelectorAll<HTMLScriptElement>('script[src]')].map(({ src }) => src),
    ]
      .map((address) => new URL(address, location.href))
      .filter(({ origin, pathname }) => origin === location.origin && /\.[a-z0-9]+$/.test(pathname))
      .filter(({ pathname }) => !pathname.endsWith('.json') && !pathname.startsWith('/v1/'))
      .map(({ pathname }) => pathname),
  ),
]

/** Keeps this page as the server gives it now. Out: true when it will open without the network. */
export async function keepPage(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false
  try {
    await navigator.serviceWorker.register('/service-worker.js', { scope: SCOPE, type: 'module' })
    return await askToKeep([location.pathname, ...partsOfPage()])
  } catch {
    return false
  }
}

async function forget(which: (path: string) => boolean): Promise<void> {
  if (!('caches' in window) || !(await caches.has(KEPT_PAGES))) return
  const cache = await caches.open(KEPT_PAGES)
  for (const request of await cache.keys())
    if (which(new URL(request.url).pathname)) await cache.delete(request)
}

/** Forgets this page: once a visit is closed, a tablet holds nothing of it. */
export const forgetPage = (): Promise<void> => forget((path) => path === location.pathname)

/** Forgets the page of every visit: who signs out leaves none to be read. What was not sent stays, for its author. */
export const forgetEveryPage = (): Promise<void> => forget(isVisitPage)
