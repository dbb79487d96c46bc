import { describe, expect, it } from 'vitest'
import { isServerAway, isVisitPage, partsNamedIn } from './kept-pages.ts'

describe('a page kept for when the network is gone', () => {
  it('is the page of one visit, and no other', () => {
    const visit = '/visites/00000000-0000-4000-8000-000000000001'
    expect(isVisitPage(visit)).toBe(true)
    expect(['/visites/', `${visit}/envoi`, `/x${visit}`].map(isVisitPage)).toEqual([false, false, false])
  })

  it('needs the files that it names itself, each once', () => {
    const html = `<link href="../_app/immutable/entry/start.Ab-1.js" rel="modulepreload">
      <link rel="stylesheet" href="../_app/immutable/assets/0.c_2.css">
      <script>import("../_app/immutable/entry/start.Ab-1.js")</script><img src="/logo.svg">`
    expect(partsNamedIn(html)).toEqual([
      '/_app/immutable/entry/start.Ab-1.js',
      '/_app/immutable/assets/0.c_2.css',
    ])
  })

  it('stands in for a server that is away, never for what it refuses or does wrong', () => {
    expect([502, 503, 504].every(isServerAway)).toBe(true)
    expect([200, 303, 403, 404, 500].some(isServerAway)).toBe(false)
  })
})
