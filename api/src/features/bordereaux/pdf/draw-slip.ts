import type { Slip } from './blocks.ts'
import { drawBlock } from './draw-blocks.ts'
import { BODY, BOTTOM, MARGIN, Sheet, WIDTH, lineHeight } from './sheet.ts'

/** What surrounds a slip's own words. */
export interface Frame {
  readonly number: string
  /** « Académie de Valmont ». */
  readonly academie: string
  /** Under the académie: the département, the circonscription; may be empty. */
  readonly place: string
  /** « 22 novembre 2026 ». */
  readonly date: string
  readonly createdAt: Date
}

function drawHead(sheet: Sheet, frame: Frame): void {
  const at = (text: string, weight: 'regular' | 'bold', y: number) => {
    const x = MARGIN.left + WIDTH - sheet.setter.widthOf(text, weight, BODY)
    sheet.lines(sheet.element(sheet.root, 'P'), [text], x, y, { weight })
  }
  const { y } = sheet
  sheet.lines(sheet.element(sheet.root, 'P'), [frame.academie], MARGIN.left, y, { weight: 'bold' })
  if (frame.place) {
    sheet.lines(sheet.element(sheet.root, 'P'), [frame.place], MARGIN.left, y + lineHeight(BODY))
  }
  at(`N° ${frame.number}`, 'bold', y)
  at(`Établi le ${frame.date}`, 'regular', y + lineHeight(BODY))
  sheet.y = y + 2 * lineHeight(BODY) + 8
  sheet.rule(sheet.y, 1.5)
  sheet.y += 22
}

function drawTitle(sheet: Sheet, { title, intro }: Slip): void {
  const size = 21
  const lines = sheet.setter.linesOf(title, 'bold', size, WIDTH)
  sheet.lines(sheet.element(sheet.root, 'H1'), lines, MARGIN.left, sheet.y, { weight: 'bold', size })
  sheet.y += lines.length * lineHeight(size) + 4
  const words = sheet.setter.linesOf(intro, 'regular', BODY, WIDTH)
  sheet.lines(sheet.element(sheet.root, 'P'), words, MARGIN.left, sheet.y)
  sheet.y += words.length * lineHeight(BODY) + 6
}

function drawFooters(sheet: Sheet, frame: Frame, title: string): void {
  sheet.onEachPage((page, pages) => {
    sheet.artifact('Pagination', () => {
      const y = BOTTOM + 18
      const style = { size: 8.5, grey: true } as const
      const right = `Page ${page} sur ${pages}`
      sheet.draw(`${frame.number} · ${title}`, MARGIN.left, y, style)
      sheet.draw(right, MARGIN.left + WIDTH - sheet.setter.widthOf(right, 'regular', 8.5), y, style)
    })
  })
}

/** In: a slip and its frame. Out: the bytes of a tagged PDF; the same bytes for the same input. */
export async function drawSlip(slip: Slip, frame: Frame): Promise<Uint8Array> {
  const sheet = new Sheet({
    title: `${slip.title} – ${frame.number}`,
    author: frame.academie,
    createdAt: frame.createdAt,
  })
  drawHead(sheet, frame)
  drawTitle(sheet, slip)
  const newPage = () => sheet.addPage()
  for (const block of slip.blocks) await drawBlock(sheet, block, newPage)
  drawFooters(sheet, frame, slip.title)
  return sheet.end()
}
