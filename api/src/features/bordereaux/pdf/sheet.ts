import PDFDocument from 'pdfkit'
import type { Weight } from './fonts.ts'
import { TextSetter } from './text-runs.ts'

type Document = InstanceType<typeof PDFDocument>
type Structure = ReturnType<Document['struct']>

export interface SheetInfo {
  readonly title: string
  readonly author: string
  readonly createdAt: Date
}

export interface TextStyle {
  readonly weight?: Weight
  readonly size?: number
  readonly grey?: boolean
}

/** Points. */
export const MARGIN = { left: 60, right: 60, top: 56, bottom: 62 } as const
export const BODY = 10.5
const PAGE = { width: 595.28, height: 841.89 } as const
export const WIDTH = PAGE.width - MARGIN.left - MARGIN.right
export const BOTTOM = PAGE.height - MARGIN.bottom
const LEADING = 1.36
const BLACK = '#000000'
const GREY = '#4a4a4a'

export const lineHeight = (size: number): number => size * LEADING

/** As a plain object: the published types do not know the PDF/UA subset yet. */
const optionsOf = (info: SheetInfo): object => ({
  size: 'A4',
  margins: { top: 0, bottom: 0, left: 0, right: 0 },
  pdfVersion: '1.7',
  subset: 'PDF/UA',
  tagged: true,
  lang: 'fr-FR',
  displayTitle: true,
  bufferPages: true,
  info: {
    Title: info.title,
    Author: info.author,
    Creator: 'Vigie',
    Producer: 'Vigie',
    CreationDate: info.createdAt,
  },
})

/** A tagged A4 document: what is drawn is either in the structure tree or an artifact. */
export class Sheet {
  readonly document: Document
  readonly setter: TextSetter
  readonly root: Structure
  /** Where the next block starts. */
  y: number = MARGIN.top
  private readonly done: Promise<Uint8Array>

  constructor(info: SheetInfo) {
    this.document = new PDFDocument(optionsOf(info))
    this.done = collect(this.document)
    this.setter = new TextSetter(this.document)
    this.root = this.document.struct('Document')
    this.document.addStructure(this.root)
  }

  get pageNumber(): number {
    return this.document.bufferedPageRange().count
  }

  addPage(): void {
    this.document.addPage()
    this.y = MARGIN.top
  }

  hasRoom(height: number): boolean {
    return this.y + height <= BOTTOM
  }

  element(parent: Structure, type: string, options: { scope?: 'Row' | 'Column' } = {}): Structure {
    const element = this.document.struct(type, options as object)
    parent.add(element)
    return element
  }

  /** Lines of one tagged text; each keeps a last space, so that a reader does not join two words. */
  lines(element: Structure, lines: readonly string[], x: number, y: number, style: TextStyle = {}): void {
    element.add(() => {
      lines.forEach((line, index) => {
        const last = index === lines.length - 1
        this.draw(last ? line : `${line} `, x, y + index * lineHeight(style.size ?? BODY), style)
      })
    })
  }

  /** What decorates or repeats: no reader says it. */
  artifact(type: 'Pagination' | 'Layout', draw: () => void): void {
    this.document.markContent('Artifact', { type })
    draw()
    this.document.endMarkedContent()
  }

  draw(line: string, x: number, y: number, { weight = 'regular', size = BODY, grey }: TextStyle = {}): void {
    let at = x
    for (const run of this.setter.runsOf(line, weight, size)) {
      this.document
        .fillColor(grey ? GREY : BLACK)
        .font(run.font)
        .fontSize(size)
        .text(run.text, at, y, { lineBreak: false })
      at += run.width
    }
  }

  rule(y: number, thickness = 0.5): void {
    this.artifact('Layout', () => {
      this.document
        .lineWidth(thickness)
        .moveTo(MARGIN.left, y)
        .lineTo(MARGIN.left + WIDTH, y)
        .stroke(BLACK)
    })
  }

  /** Dotted line to write on. */
  dots(from: number, to: number, y: number): void {
    this.artifact('Layout', () => {
      this.document
        .lineWidth(0.75)
        .dash(0.75, { space: 2 })
        .moveTo(from, y)
        .lineTo(to, y)
        .stroke(BLACK)
        .undash()
    })
  }

  box(x: number, y: number, width: number, height: number, thickness = 0.5): void {
    this.artifact('Layout', () => {
      this.document.lineWidth(thickness).rect(x, y, width, height).stroke(BLACK)
    })
  }

  /** Draws on each page, which is told its number and their count. */
  onEachPage(draw: (page: number, pages: number) => void): void {
    const { count } = this.document.bufferedPageRange()
    for (let page = 0; page < count; page++) {
      this.document.switchToPage(page)
      draw(page + 1, count)
    }
  }

  async end(): Promise<Uint8Array> {
    this.root.end()
    this.document.end()
    return this.done
  }
}

async function collect(document: Document): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of document as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}
