import { aSlip, PRINTED, SUMMARY_KEYS } from '@vigie/test/support/bordereau.ts'
import { readPdf } from '@vigie/test/support/pdf.ts'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import PDFDocument from 'pdfkit'
import { describe, expect, it } from 'vitest'
import { BORDEREAU_KINDS } from './content.ts'
import { printBordereau } from './print-bordereau.ts'
import { handOverSummary } from './wording/summaries.ts'

const print = async (kind: (typeof BORDEREAU_KINDS)[number]) => readPdf(await printBordereau(aSlip(kind)))

describe.each(BORDEREAU_KINDS)('the slip %s', (kind) => {
  it('is a tagged PDF in French that shows its title', async () => {
    const pdf = await print(kind)
    expect(pdf.source).toContain('/Marked true')
    expect(pdf.source).toContain('/Lang (fr-FR)')
    expect(pdf.source).toContain('/DisplayDocTitle true')
    expect(pdf.source).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(pdf.source).toMatch(/\/StructTreeRoot \d+ 0 R/)
    expect(pdf.source).toMatch(/<dc:title>[\s\S]*RD-991-2026-00012/)
  })

  it('shows nothing that is neither in its structure nor an artifact', async () => {
    const pdf = await print(kind)
    expect(pdf.unmarked).toEqual([])
    expect(pdf.marked).toBeGreaterThan(10)
  })

  it('has one title, then headings, and each table a head with its scope', async () => {
    const { tags, source } = await print(kind)
    expect(tags.filter((tag) => tag === 'H1')).toHaveLength(1)
    expect(tags.indexOf('H1')).toBeLessThan(tags.indexOf('H2'))
    expect(tags.filter((tag) => tag === 'TH').length).toBe(source.match(/\/Scope \/(Row|Column)/g)?.length)
  })

  it('embeds its fonts and says which characters they draw', async () => {
    const { source } = await print(kind)
    expect(source).toContain('AtkinsonHyperlegible')
    expect(source).not.toContain('Helvetica')
    const fonts = source.match(/\/Subtype \/Type0/g)?.length
    expect(source.match(/\/ToUnicode/g)).toHaveLength(fonts ?? -1)
    expect(source.match(/\/FontFile2/g)).toHaveLength(fonts ?? -1)
  })

  it('is the same to the byte for the same content and instant', async () => {
    const again = await printBordereau(aSlip(kind))
    expect(Buffer.from(again).equals(await printBordereau(aSlip(kind)))).toBe(true)
    const later = { ...aSlip(kind), createdAt: new Date('2026-11-17T09:00:00Z') }
    expect(Buffer.from(again).equals(await printBordereau(later))).toBe(false)
  })
})

describe('the reader of these tests', () => {
  it('sees what a page shows outside its structure', async () => {
    const loose = new PDFDocument({ tagged: true })
    loose.text('hors structure')
    loose.markContent('Artifact').text('décor').endMarkedContent()
    loose.end()
    const pdf = readPdf(await buffer(loose))
    expect(pdf.unmarked).toHaveLength(1)
    expect(pdf.marked).toBe(1)
  })
})

describe('a summary of many keys', () => {
  it('goes on over pages, tells its head once and numbers every row', async () => {
    const pdf = await print('recapitulatif_remise')
    expect(pdf.pages).toBeGreaterThan(2)
    expect(pdf.tags.filter((tag) => tag === 'THead')).toHaveLength(1)
    expect(pdf.tags.filter((tag) => tag === 'TBody')).toHaveLength(1)
    const rows = pdf.tags.filter((tag) => tag === 'TR').length
    expect(rows).toBe(SUMMARY_KEYS + 1 + 3)
  })

  it('lists each key once', () => {
    const slip = handOverSummary(PRINTED.recapitulatif_remise)
    const table = slip.blocks.find((block) => block.kind === 'table')
    expect(table?.rows.map(([rank]) => rank)).toEqual(
      Array.from({ length: SUMMARY_KEYS }, (_, index) => String(index + 1)),
    )
  })
})

describe('the words of a slip', () => {
  it('may hold any name: accents, other alphabets, control characters, very long', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('Anne-Żofia Œuvrard', 'Ελένη', '王', '👩‍🏫', 'A'.repeat(400), '', '(\\)%', 'e\u0301'),
    )
    await fc.assert(
      fc.asyncProperty(name, async (displayName) => {
        const { content, ...slip } = aSlip('remise_directeur')
        const pdf = readPdf(
          await printBordereau({
            ...slip,
            content: { ...content, holder: { ...content.holder, displayName } },
          }),
        )
        expect(pdf.unmarked).toEqual([])
        expect(pdf.pages).toBeGreaterThan(0)
      }),
      { numRuns: 25 },
    )
  })
})
