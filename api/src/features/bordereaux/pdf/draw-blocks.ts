import type { Block } from './blocks.ts'
import { drawTable } from './draw-table.ts'
import { BODY, BOTTOM, MARGIN, WIDTH, lineHeight, type Sheet } from './sheet.ts'

const LABEL_WIDTH = 128
const SIGNATURE_HEIGHT = { least: 118, most: 150 } as const
const HEADING = 12.5

type BlockOf<K extends Block['kind']> = Extract<Block, { kind: K }>

function drawText(sheet: Sheet, type: 'H2' | 'P', text: string, newPage: () => void): void {
  const heading = type === 'H2'
  const style = heading ? ({ weight: 'bold', size: HEADING } as const) : {}
  const size = heading ? HEADING : BODY
  const lines = sheet.setter.linesOf(text, heading ? 'bold' : 'regular', size, WIDTH)
  const height = lines.length * lineHeight(size)
  if (!sheet.hasRoom(heading ? height + 70 : height)) newPage()
  if (heading) sheet.y += 13
  sheet.lines(sheet.element(sheet.root, type), lines, MARGIN.left, sheet.y, style)
  sheet.y += height + (heading ? 4 : 6)
}

function drawFacts(sheet: Sheet, { rows }: BlockOf<'facts'>, newPage: () => void): void {
  const table = sheet.element(sheet.root, 'Table')
  for (const [label, value] of rows) {
    const x = MARGIN.left + LABEL_WIDTH
    const lines = sheet.setter.linesOf(value, 'bold', BODY, WIDTH - LABEL_WIDTH)
    const height = lines.length * lineHeight(BODY) + 6
    if (!sheet.hasRoom(height)) newPage()
    const row = sheet.element(table, 'TR')
    const head = sheet.element(row, 'TH', { scope: 'Row' })
    sheet.lines(head, [label], MARGIN.left, sheet.y + 3, { grey: true })
    sheet.lines(sheet.element(row, 'TD'), lines, x, sheet.y + 3, { weight: 'bold' })
    sheet.y += height
    sheet.rule(sheet.y, 0.25)
  }
  sheet.y += 4
}

function drawList(sheet: Sheet, { items }: BlockOf<'list'>, newPage: () => void): void {
  const list = sheet.element(sheet.root, 'L')
  items.forEach((item, index) => {
    const lines = sheet.setter.linesOf(item, 'regular', BODY, WIDTH - 20)
    const height = lines.length * lineHeight(BODY)
    if (!sheet.hasRoom(height)) newPage()
    const element = sheet.element(list, 'LI')
    sheet.lines(sheet.element(element, 'Lbl'), [`${index + 1}.`], MARGIN.left, sheet.y, { weight: 'bold' })
    sheet.lines(sheet.element(element, 'LBody'), lines, MARGIN.left + 20, sheet.y)
    sheet.y += height + 4
  })
  sheet.y += 4
}

/** Boxes to tick by hand. */
function drawChoices(sheet: Sheet, { label, options }: BlockOf<'choices'>, newPage: () => void): void {
  const height = lineHeight(BODY)
  if (!sheet.hasRoom(height + 6)) newPage()
  sheet.y += 4
  sheet.lines(sheet.element(sheet.root, 'P'), [label], MARGIN.left, sheet.y, { grey: true })
  const list = sheet.element(sheet.root, 'L')
  let x: number = MARGIN.left + LABEL_WIDTH
  for (const option of options) {
    sheet.box(x, sheet.y + 2, 9, 9, 0.75)
    const body = sheet.element(sheet.element(list, 'LI'), 'LBody')
    sheet.lines(body, [option], x + 15, sheet.y)
    x += 15 + sheet.setter.widthOf(option, 'regular', BODY) + 22
  }
  sheet.y += height + 6
}

/** Words, and between them lines to write on by hand (points), which no reader says. Out: where the next line starts. */
function drawBlanks(
  sheet: Sheet,
  parent: ReturnType<Sheet['element']>,
  parts: readonly (string | number)[],
  x: number,
  y: number,
): number {
  const blanks: { readonly from: number; readonly to: number }[] = []
  const words: { readonly text: string; readonly x: number }[] = []
  let at = x
  for (const part of parts) {
    const width = typeof part === 'number' ? part : sheet.setter.widthOf(part, 'regular', BODY)
    if (typeof part === 'number') blanks.push({ from: at, to: at + width })
    else words.push({ text: part, x: at })
    at += width + 5
  }
  sheet.element(parent, 'P').add(() => {
    for (const word of words) sheet.draw(`${word.text} `, word.x, y)
  })
  for (const { from, to } of blanks) sheet.dots(from, to, y + BODY + 1)
  return y + lineHeight(BODY) + 2
}

function drawSignatures(sheet: Sheet, { zones }: BlockOf<'signatures'>, newPage: () => void): void {
  if (!sheet.hasRoom(SIGNATURE_HEIGHT.least + 12)) newPage()
  sheet.y += 12
  const height = Math.min(SIGNATURE_HEIGHT.most, BOTTOM - sheet.y)
  const gap = 18
  const width = (WIDTH - gap * (zones.length - 1)) / zones.length
  zones.forEach((zone, index) => {
    const x = MARGIN.left + index * (width + gap)
    sheet.box(x, sheet.y, width, height)
    const part = sheet.element(sheet.root, 'Div')
    let y = sheet.y + 9
    const say = (text: string, weight: 'regular' | 'bold', size: number, grey = false) => {
      const lines = sheet.setter.linesOf(text, weight, size, width - 20)
      sheet.lines(sheet.element(part, 'P'), lines, x + 10, y, { weight, size, grey })
      y += lines.length * lineHeight(size) + 2
    }
    say(zone.title, 'bold', BODY)
    if (zone.name === null) y = drawBlanks(sheet, part, ['Nom :', width - 52], x + 10, y)
    else say(zone.name, 'regular', BODY)
    y = drawBlanks(sheet, part, ['Le', 78, 'à', width - 132], x + 10, y)
    say(zone.mention, 'regular', 8.5, true)
  })
  sheet.y += height
}

/** Draws one block below what is there, on a new page when it does not fit. */
export async function drawBlock(sheet: Sheet, block: Block, newPage: () => void): Promise<void> {
  switch (block.kind) {
    case 'heading':
      return drawText(sheet, 'H2', block.text, newPage)
    case 'paragraph':
      return drawText(sheet, 'P', block.text, newPage)
    case 'facts':
      return drawFacts(sheet, block, newPage)
    case 'list':
      return drawList(sheet, block, newPage)
    case 'choices':
      return drawChoices(sheet, block, newPage)
    case 'table':
      return drawTable(sheet, block, newPage)
    case 'signatures':
      return drawSignatures(sheet, block, newPage)
  }
}
