import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileRefusal } from './csv-refusal.ts'
import { columnName, readTable } from './csv-table.ts'

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const rowsOf = async (source: string | Uint8Array, required: string[] = ['a'], chunk = 7) => {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source
  const rows: { line: number; a: string; b: string }[] = []
  for await (const row of readTable(inChunks(bytes, chunk), required))
    rows.push({ line: row.line, a: row.cell('a'), b: row.cell('b') })
  return rows
}

const refusal = (source: string | Uint8Array) =>
  rowsOf(source).then(
    () => expect.unreachable('the file was read'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(FileRefusal)
      return error as FileRefusal
    },
  )

describe('readTable', () => {
  it.each([
    ['a;b\n1;2\n', 'semicolons'],
    ['a,b\r\n1,2\r\n', 'commas and CRLF'],
    ['a\tb\n1\t2', 'tabs, no final newline'],
    ['\uFEFF"A";"B"\n"1";"2"\n', 'a BOM, capitals and quotes'],
    ['À ; b\n\n 1 ; 2 \n', 'accents, spaces and an empty line'],
  ])('reads %j (%s)', async (source) => {
    expect(await rowsOf(source)).toMatchObject([{ a: '1', b: '2' }])
  })

  it('names the line where a record starts, even after fields of several lines', async () => {
    const rows = await rowsOf('a;b\n1;"deux\nlignes"\n3;4\n\n5;6\n')
    expect(rows.map(({ line }) => line)).toEqual([2, 4, 6])
  })

  it('gives back any table it is given, however the bytes are cut', async () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n\0]/g, ' ').trim())
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell)),
        fc.integer({ min: 1, max: 50 }),
        async (rows, size) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
          const source = ['a;b', ...rows.map((row) => row.map(quoted).join(';'))].join('\n')
          const read = await rowsOf(source, ['a', 'b'], size)
          expect(read.map(({ a, b }) => [a, b])).toEqual(rows)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('ends in rows or in a refusal in French on any bytes, never in another error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        try {
          await rowsOf(Buffer.concat([Buffer.from('a;b\n'), bytes]))
        } catch (error) {
          expect(error).toBeInstanceOf(FileRefusal)
          expect((error as FileRefusal).reason).toMatch(/\.$/)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('refuses Latin-1 with the way to save the file again', async () => {
    const { reason, line } = await refusal(Buffer.from('a;b\n1;2\nécole;3\n', 'latin1'))
    expect(reason).toContain('CSV UTF-8')
    expect(line).toBe(2)
  })

  it('refuses a quote that is never closed, naming its line', async () => {
    const { reason, line } = await refusal('a;b\n1;2\n3;"4\n5;6\n')
    expect(reason).toContain('guillemet')
    expect(line).toBeGreaterThanOrEqual(3)
  })

  it('refuses a line with another number of columns, naming it', async () => {
    const { reason, line } = await refusal('a;b\n1;2\n3;4;5\n')
    expect(reason).toContain('nombre de colonnes')
    expect(line).toBe(3)
  })

  it('refuses a missing required column, an empty file and a doubled column', async () => {
    expect((await refusal('b;c\n1;2\n')).reason).toContain('« a »')
    expect((await refusal('')).reason).toContain('vide')
    expect((await refusal('a;A\n1;2\n')).reason).toContain('deux fois')
  })

  it('gives an empty cell for a column that the file does not have', async () => {
    expect(await rowsOf('a\n1\n')).toMatchObject([{ a: '1', b: '' }])
  })
})

describe('columnName', () => {
  it('ignores case, accents, apostrophes and spaces', () => {
    expect(columnName(' Nombre d’élèves ')).toBe('nombre_d_eleves')
    expect(columnName('Identifiant_de_l_etablissement')).toBe('identifiant_de_l_etablissement')
    expect(columnName('Code postal')).toBe('code_postal')
  })
})
