/** Named values of one SD-ELEMENT. */
export interface SyslogElement {
  readonly id: string
  readonly params: readonly (readonly [name: string, value: string])[]
}

/** One message; what its format does not give is null or empty. */
export interface SyslogMessage {
  /** Well-formed RFC 5424. */
  readonly structured: boolean
  /** When it was written, by the clock of its emitter. */
  readonly at: Date | null
  readonly host: string | null
  readonly app: string | null
  readonly elements: readonly SyslogElement[]
  readonly text: string
}

const HEADER =
  /^<(0|[1-9]\d{0,2})>1 (\S{1,64}) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) (?=[-[])/
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)$/
/** RFC 3164 (4.1), as devices and older collectors still send it. */
const BSD_HEADER =
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )?(?:([!-~]{1,255}) )?([!-9;-Z\\^-~]{1,48})(?:\[\d{1,10}\])?: /
const HEADER_BYTES = 640
// eslint-disable-next-line no-control-regex
const NAME = /[^ =\]"\0-\x1f\x7f-\uffff]/y

const nil = (field: string | undefined): string | null =>
  field === undefined || field === '-' ? null : field

const decoder = new TextDecoder('utf-8')

/**
 * Reads one syslog message. In: its bytes, without the frame. Out: its parts; one that is not well-formed RFC 5424 is
 * told `structured: false`, with what RFC 3164 gives of it. Never fails; time grows with the length alone.
 */
export function readSyslog(bytes: Uint8Array): SyslogMessage {
  const text = decoder.decode(bytes).replace(/[\r\n\0]{1,4}$/, '')
  return readStructured(text) ?? readLoose(text)
}

function readStructured(text: string): SyslogMessage | null {
  const header = HEADER.exec(text.slice(0, HEADER_BYTES))
  if (!header || Number(header[1]) > 191) return null
  const at = header[2] === '-' ? null : instantOf(header[2] ?? '')
  if (at === undefined) return null
  const data = readElements(text, header[0].length)
  if (!data) return null
  const rest = text.slice(data.end)
  if (rest !== '' && !rest.startsWith(' ')) return null
  return {
    structured: true,
    at,
    host: nil(header[3]),
    app: nil(header[4]),
    elements: data.elements,
    text: rest.replace(/^ {1,2}\uFEFF?/, ''),
  }
}

/** Out: `undefined` when it is no TIMESTAMP of RFC 5424 (6.2.3). */
function instantOf(text: string): Date | undefined {
  if (!TIMESTAMP.test(text)) return undefined
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? undefined : at
}

function readLoose(text: string): SyslogMessage {
  const header = BSD_HEADER.exec(text.slice(0, HEADER_BYTES))
  return {
    structured: false,
    at: null,
    host: header?.[1] ?? null,
    app: header?.[2] ?? null,
    elements: [],
    text: header ? text.slice(header[0].length) : text,
  }
}

/** STRUCTURED-DATA of RFC 5424 (6.3) from `start`. Out: null when it is malformed. */
function readElements(text: string, start: number): { elements: SyslogElement[]; end: number } | null {
  if (text[start] === '-') return { elements: [], end: start + 1 }
  const elements: SyslogElement[] = []
  let at = start
  while (text[at] === '[') {
    const id = readName(text, at + 1)
    if (id === '') return null
    at += 1 + id.length
    const params: [string, string][] = []
    while (text[at] === ' ') {
      const name = readName(text, at + 1)
      at += 1 + name.length
      if (name === '' || text[at] !== '=' || text[at + 1] !== '"') return null
      const value = readValue(text, at + 2)
      if (!value) return null
      params.push([name, value.value])
      at = value.end
    }
    if (text[at] !== ']') return null
    at += 1
    elements.push({ id, params })
  }
  return elements.length === 0 ? null : { elements, end: at }
}

function readName(text: string, start: number): string {
  let end = start
  while (end - start < 32) {
    NAME.lastIndex = end
    if (!NAME.test(text)) break
    end += 1
  }
  return text.slice(start, end)
}

/** PARAM-VALUE up to its closing quote: `\\`, `\"` and `\]` are escapes. */
function readValue(text: string, start: number): { value: string; end: number } | null {
  let value = ''
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '"') return { value, end: at + 1 }
    if (character === ']') return null
    const next = text[at + 1]
    if (character === '\\' && (next === '"' || next === '\\' || next === ']')) {
      value += next
      at += 1
    } else value += character
  }
  return null
}

/** Value of a parameter in the first element whose name, without its enterprise number, is that one. */
export function paramOf(message: SyslogMessage, element: string, name: string): string | null {
  for (const { id, params } of message.elements) {
    if (id.split('@', 1)[0]?.toLowerCase() !== element) continue
    const found = params.find(([known]) => known.toLowerCase() === name)
    if (found) return found[1]
  }
  return null
}

/** Value of a parameter in whichever element has it. */
export function anyParamOf(message: SyslogMessage, name: string): string | null {
  for (const { params } of message.elements) {
    const found = params.find(([known]) => known.toLowerCase() === name)
    if (found) return found[1]
  }
  return null
}

const SEQUENCE_END = 2_147_483_647

/** Where a message stands among those of its emitter (RFC 5424, 7.3.1), or null when it does not say. */
export interface SyslogPlace {
  readonly sequence: number
  /** Names the emitter; with an epoch, for one life of it: its sequence then begins at 1. */
  readonly emitter: string
  readonly fromOne: boolean
  /** When that life began (Unix time, ms), when its epoch says it as the delivered configuration writes it. */
  readonly began: number | null
}

/** Unix time in seconds, then its decimals without a point. */
const UNIX_EPOCH = /^(\d{10})\d{0,9}$/

/** Reads `[meta sequenceId]`, and the `[vigie@… epoch]` that the delivered configuration adds. */
export function placeOf(message: SyslogMessage): SyslogPlace | null {
  const text = paramOf(message, 'meta', 'sequenceid')
  if (text === null || !/^[1-9]\d{0,9}$/.test(text) || Number(text) > SEQUENCE_END) return null
  const epoch = paramOf(message, 'vigie', 'epoch')
  return epoch === null || epoch === ''
    ? {
        sequence: Number(text),
        emitter: `app\n${message.host ?? ''}\n${message.app ?? ''}`,
        fromOne: false,
        began: null,
      }
    : // One life numbers all that passes through it, its own messages and those of the machines that it relays.
      {
        sequence: Number(text),
        emitter: `epoch\n${epoch.slice(0, 64)}`,
        fromOne: true,
        began: beginningOf(epoch),
      }
}

const beginningOf = (epoch: string): number | null => {
  const seconds = UNIX_EPOCH.exec(epoch)?.[1]
  return seconds === undefined ? null : Number(seconds) * 1_000
}
