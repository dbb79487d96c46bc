/// <reference lib="webworker" />
/*
 * Keeps the pages of visits for when the network is gone. Registered with the scope /visites/ alone: no other page goes
 * through it. It keeps what a page says it is made of, and gives it back only when the server does not answer.
 */
import { isServerAway, isVisitPage, KEPT_PAGES as CACHE, partsNamedIn } from '#lib/visit/kept-pages.ts'

const worker = self as unknown as ServiceWorkerGlobalScope

const LASTING = '/_app/immutable/'
const OFFLINE =
  '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Hors ligne - Vigie</title><h1>Vous êtes hors ligne</h1><p>Cette visite n’a pas encore été ouverte sur cette tablette avec le réseau. Ouvrez-la une fois en ligne : elle marchera ensuite sans réseau.</p></html>'

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

async function keepOne(cache: Cache, path: string): Promise<boolean> {
  if (path.startsWith(LASTING) && (await cache.match(path))) return true
  const response = await fetch(path, { credentials: 'same-origin', redirect: 'manual' }).catch(() => null)
  if (!response?.ok) return false
  if (isVisitPage(path)) {
    // The site may have changed since the page was opened: its parts come before it.
    const parts = partsNamedIn(await response.clone().text())
    if (!(await keepAll(cache, parts))) return false
  }
  await cache.put(path, response)
  return true
}

const keepAll = async (cache: Cache, paths: readonly string[]): Promise<boolean> =>
  (await Promise.all(paths.map((path) => keepOne(cache, path)))).every(Boolean)

worker.addEventListener('message', (event) => {
  const { paths } = event.data as { paths: readonly string[] }
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => keepAll(cache, paths))
      .then((done) => event.ports[0]?.postMessage(done)),
  )
})

const offline = () =>
  new Response(OFFLINE, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } })

async function page(request: Request, path: string): Promise<Response> {
  const answer = await fetch(request).catch(() => null)
  if (answer && !isServerAway(answer.status)) return answer
  const kept = await (await caches.open(CACHE)).match(path)
  return kept ?? answer ?? offline()
}

async function part(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE)
  if (path.startsWith(LASTING)) {
    const kept = await cache.match(path)
    if (kept) return kept
  }
  try {
    return await fetch(request)
  } catch {
    return (await cache.match(path)) ?? Response.error()
  }
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    if (isVisitPage(url.pathname)) event.respondWith(page(request, url.pathname))
    return
  }
  if (!url.pathname.endsWith('__data.json') && !url.pathname.startsWith('/v1/'))
    event.respondWith(part(request, url.pathname))
})
