import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BORDEREAU_KINDS } from '@vigie/api/features/bordereaux/content.ts'
import { printBordereau } from '@vigie/api/features/bordereaux/print-bordereau.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSlip } from '../support/bordereau.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-slips-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (command: string, ...args: string[]): string => execFileSync(command, args, { encoding: 'utf8' })

describe.each(BORDEREAU_KINDS)('the slip %s, read by Poppler', (kind) => {
  let file: string
  beforeAll(async () => {
    file = join(folder, `${kind}.pdf`)
    writeFileSync(file, await printBordereau(aSlip(kind)))
  })

  it('is tagged, titled and on A4', () => {
    const info = run('pdfinfo', file)
    expect(info).toMatch(/Tagged:\s+yes/)
    expect(info).toMatch(/Title:.*RD-991-2026-00012/)
    expect(info).toMatch(/Page size:.*\(A4\)/)
  })

  it('says in its structure every word that it shows, but for what decorates or repeats', () => {
    const words = (text: string) => new Set(text.match(/[\p{L}\p{N}]{2,}/gu))
    const told = words(run('pdfinfo', '-struct-text', file))
    const footer = new Set(['Page', 'sur'])
    const shown = [...words(run('pdftotext', '-layout', file, '-'))]
    expect(shown.length).toBeGreaterThan(30)
    expect(shown.filter((word) => !told.has(word) && !footer.has(word) && !/^\d+$/.test(word))).toEqual([])
  })

  it('embeds every font that it uses', () => {
    const fonts = run('pdffonts', file).split('\n').slice(2).filter(Boolean)
    expect(fonts.length).toBeGreaterThan(0)
    for (const font of fonts) expect(font).toMatch(/AtkinsonHyperlegible.*\s+yes yes yes\s/)
  })
})
