/** Where pages of visits wait for when the network is gone. */
export const KEPT_PAGES = 'vigie-visites-1'

/** In: a path. Out: true for the page of one visit, which holds what the school is like. */
export const isVisitPage = (path: string): boolean => /^\/visites\/[0-9a-f-]{36}$/.test(path)
