import { inflateSync } from 'node:zlib'

export interface ReadPdf {
  /** The file's objects, without the content of its compressed streams. */
  readonly source: string
  readonly pages: number
  /** Types of the structure elements, in the order of the file's tree. */
  readonly tags: readonly string[]
  /** Marked contents that hold text. */
  readonly marked: number
  /** Operators that show something outside any marked content. */
  readonly unmarked: readonly string[]
}

const STREAM = /\/Length (\d+)\n\/Filter \/FlateDecode\n>>\nstream\n/g

/** Content streams of the pages: those that mark what they show. */
function contentStreams(file: string): string[] {
  return [...file.matchAll(STREAM)].flatMap(({ 0: head, 1: length, index }) => {
    const start = index + head.length
    const bytes = Buffer.from(file.slice(start, start + Number(length)), 'latin1')
    const text = inflateSync(bytes).toString('latin1')
    return /\b(BDC|BMC)\b/.test(text) ? [text] : []
  })
}

/** In: a content stream of a page. Out: what it shows outside marked content, and how many contents hold text. */
function readMarks(stream: string): { unmarked: string[]; marked: number } {
  const unmarked: string[] = []
  let depth = 0
  let marked = 0
  let holdsText = false
  for (const line of stream.split('\n')) {
    const operator = line.trim().split(/\s+/).at(-1) ?? ''
    if (operator === 'BDC' || operator === 'BMC') {
      depth++
      holdsText = false
    } else if (operator === 'EMC') {
      depth--
      if (holdsText) marked++
    } else if (/^(TJ|Tj|S|s|f|F|B|b|Do|sh)$/.test(operator)) {
      holdsText ||= /^T[Jj]$/.test(operator)
      if (depth !== 1) unmarked.push(line)
    }
  }
  if (depth !== 0) unmarked.push('marked content left open')
  return { unmarked, marked }
}

/** Types of the elements under the structure root, depth first; only `/K` is followed. */
function walkTags(file: string): string[] {
  const objects = new Map(
    [...file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [
      id,
      body,
    ]),
  )
  const kids = (body: string): string[] => {
    const list = /\/K \[([\s\S]*?)\]\n/.exec(body)?.[1] ?? ''
    return [...list.replace(/<<[\s\S]*?>>/g, '').matchAll(/(\d+) 0 R/g)].map(([, id = '']) => id)
  }
  const visit = (id: string): string[] => {
    const body = objects.get(id) ?? ''
    const type = /\/S \/(\w+)/.exec(body)?.[1]
    return [...(type ? [type] : []), ...kids(body).flatMap(visit)]
  }
  return visit(/\/StructTreeRoot (\d+) 0 R/.exec(file)?.[1] ?? '')
}

/** Reads of a PDF what its accessibility rests on, from the bytes themselves. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes).toString('latin1')
  const marks = contentStreams(file).map(readMarks)
  return {
    source: file,
    pages: file.match(/\/Type \/Page\n/g)?.length ?? 0,
    tags: walkTags(file),
    marked: marks.reduce((sum, { marked }) => sum + marked, 0),
    unmarked: marks.flatMap(({ unmarked }) => unmarked),
  }
}
