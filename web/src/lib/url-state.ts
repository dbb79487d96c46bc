/**
 * In: an address and the parameters to change (null or empty removes one). Out: path and query of the new
 * address, the other parameters kept in order.
 */
export function withParameters(
  url: { readonly pathname: string; readonly searchParams: { toString(): string } },
  changes: Readonly<Record<string, string | null>>,
): string {
  const parameters = new URLSearchParams(url.searchParams.toString())
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') parameters.delete(name)
    else parameters.set(name, value)
  }
  const query = parameters.toString()
  return query === '' ? url.pathname : `${url.pathname}?${query}`
}

/** In: the current page and the last one. Out: the numbers to offer, null standing for a gap. */
export function pagesAround(page: number, last: number): readonly (number | null)[] {
  const wanted = new Set(
    [1, page - 1, page, page + 1, last].filter((number) => number >= 1 && number <= last),
  )
  const numbers = [...wanted].sort((a, b) => a - b)
  return numbers.flatMap((number, at) => {
    const gap = number - (numbers[at - 1] ?? 0)
    return gap === 1 ? [number] : gap === 2 ? [number - 1, number] : [null, number]
  })
}

/** In: a parameter of the address and the values it may take. Out: the value, the first one by default. */
export const oneOf = <T extends string>(value: string | null, values: readonly [T, ...T[]]): T =>
  values.find((known) => known === value) ?? values[0]

/** In: where a form asks to go next. Out: that path when it is on this site, `/` otherwise. */
export const localPath = (target: unknown): string =>
  typeof target === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(target) ? target : '/'
