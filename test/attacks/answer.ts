import type { Answer } from '../support/relying-party.ts'

const VOLATILE = new Set(['x-request-id', 'date'])

/** All that a caller sees of an answer: status, headers in their order, body; without the identifier of the request and the date. */
export function shownTo({ status, rawHeaders, body }: Answer): string {
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !VOLATILE.has(name.toLowerCase()) ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  )
  return [String(status), ...headers, '', body].join('\n')
}
