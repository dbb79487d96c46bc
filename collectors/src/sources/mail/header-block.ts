/** One header of a message: its name in lower case, its value on one line. */
export interface Header {
  readonly name: string
  readonly value: string
}

/** Bytes of the headers of an ordinary message, many times over. */
export const HEADER_LIMIT = 262_144

/** Longest value that is looked at. */
const VALUE_LIMIT = 4_096
const FIELD = /^([!-9;-~]+)[ \t]*:(.*)$/

/**
 * In: a message, or its headers alone. Out: its headers in order, folded lines joined (RFC 5322, 2.2); the body is not looked
 * at. What is no header is left out: never throws.
 */
export function readHeaders(message: string): readonly Header[] {
  const found: { name: string; value: string }[] = []
  for (const line of message.slice(0, HEADER_LIMIT).split(/\r?\n/)) {
    if (line === '') {
      if (found.length > 0) break
      continue
    }
    const last = found.at(-1)
    if (/^[ \t]/.test(line)) {
      if (last && last.value.length < VALUE_LIMIT) last.value += ` ${line.trim()}`
      continue
    }
    const field = FIELD.exec(line)
    if (field)
      found.push({
        name: (field[1] ?? '').toLowerCase(),
        value: (field[2] ?? '').trim().slice(0, VALUE_LIMIT),
      })
  }
  return found
}

/** Who took the message in last, and when: the newest `Received` stands first (RFC 5321, 4.4). */
export function deliveryOf(headers: readonly Header[]): {
  readonly by: string | null
  readonly at: Date | null
} {
  const received = headers.find(({ name }) => name === 'received')?.value ?? ''
  const by = /\bby\s+([a-z0-9.-]+)/i.exec(received)?.[1]?.toLowerCase() ?? null
  const date = received.slice(received.lastIndexOf(';') + 1).replaceAll(/\([^()]*\)/g, '')
  const at = received.includes(';') ? new Date(date.trim()) : null
  return { by, at: at && !Number.isNaN(at.getTime()) ? at : null }
}
