/** Where pages of visits wait for when the network is gone. */
export const KEPT_PAGES = 'vigie-visites-1'

/** In: a path. Out: true for the page of one visit, which holds what the school is like. */
export const isVisitPage = (path: string): boolean => /^\/visites\/[0-9a-f-]{36}$/.test(path)

const PART = /_app\/immutable\/[\w./-]+\.(?:js|css|woff2)/g

/** In: a page as the server gives it. Out: the files of the site that it names; another version of the site has others. */
export const partsNamedIn = (html: string): readonly string[] => [
  ...new Set(Array.from(html.matchAll(PART), ([part]) => `/${part}`)),
]

/** In: the status of an answer. Out: true when it comes from what stands before Vigie, which is away. */
export const isServerAway = (status: number): boolean => status >= 502 && status <= 504
