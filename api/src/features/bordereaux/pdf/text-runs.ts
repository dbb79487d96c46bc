import type PDFDocument from 'pdfkit'
import { fontFiles, type Weight } from './fonts.ts'

type Document = InstanceType<typeof PDFDocument>

export interface Run {
  readonly font: string
  readonly text: string
  readonly width: number
}

interface OpenFont {
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean }
}

/** Drawn for what no embedded font can draw. */
const UNKNOWN = '?'

/** Breaks text into lines, and lines into runs of the font that has their glyphs. */
export class TextSetter {
  readonly document: Document
  private readonly fonts = new Map<string, string | null>()

  constructor(document: Document) {
    this.document = document
    for (const weight of ['regular', 'bold'] as const) {
      for (const { name, content } of fontFiles(weight)) document.registerFont(name, content)
    }
  }

  private fontOf(character: string, weight: Weight): string | undefined {
    const key = `${weight} ${character}`
    const known = this.fonts.get(key)
    if (known !== undefined) return known ?? undefined
    const found = this.findFont(character, weight)
    this.fonts.set(key, found ?? null)
    return found
  }

  private findFont(character: string, weight: Weight): string | undefined {
    const codePoint = character.codePointAt(0) ?? 0
    return fontFiles(weight).find(({ name }) => {
      this.document.font(name)
      const { font } = (this.document as unknown as { _font: OpenFont })._font
      return font.hasGlyphForCodePoint(codePoint)
    })?.name
  }

  /** In: one line. Out: its runs, with their widths in points. */
  runsOf(line: string, weight: Weight, size: number): Run[] {
    const runs: { font: string; text: string }[] = []
    const first = fontFiles(weight)[0]?.name ?? weight
    for (const character of line) {
      const known = this.fontOf(character, weight)
      const font = known ?? first
      const text = known ? character : UNKNOWN
      const last = runs.at(-1)
      if (last?.font === font) last.text += text
      else runs.push({ font, text })
    }
    return runs.map((run) => ({
      ...run,
      width: this.document.font(run.font).fontSize(size).widthOfString(run.text),
    }))
  }

  widthOf(line: string, weight: Weight, size: number): number {
    return this.runsOf(line, weight, size).reduce((sum, run) => sum + run.width, 0)
  }

  /** In: any text, a width in points. Out: its lines; a word too long for the width is cut. */
  linesOf(text: string, weight: Weight, size: number, width: number): string[] {
    const space = this.widthOf(' ', weight, size)
    const lines: string[] = []
    let line = ''
    let used = 0
    for (const word of printable(text).split(/ +/)) {
      const needed = this.widthOf(word, weight, size)
      if (line !== '' && used + space + needed <= width) {
        line += ` ${word}`
        used += space + needed
        continue
      }
      if (line !== '') lines.push(line)
      const pieces = needed <= width ? [word] : this.cut(word, weight, size, width)
      lines.push(...pieces.slice(0, -1))
      line = pieces.at(-1) ?? ''
      used = this.widthOf(line, weight, size)
    }
    return [...lines, line]
  }

  private cut(word: string, weight: Weight, size: number, width: number): string[] {
    const pieces: string[] = []
    let piece = ''
    for (const character of word) {
      if (piece !== '' && this.widthOf(piece + character, weight, size) > width) {
        pieces.push(piece)
        piece = ''
      }
      piece += character
    }
    return [...pieces, piece]
  }
}

/** Composed, and without characters that show nothing; no-break spaces keep their place. */
const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
    .replace(/[\u202f\u2007]/g, '\u00a0')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .trim()
