import { describe, expect, it } from 'vitest'
import { FileRefusal } from './csv-refusal.ts'
import { readBindings, type BindingLine } from './binding-table.ts'

async function linesOf(text: string): Promise<BindingLine[]> {
  const lines: BindingLine[] = []
  async function* bytes() {
    yield new TextEncoder().encode(text)
  }
  for await (const line of readBindings(bytes())) lines.push(line)
  return lines
}

describe('readBindings', () => {
  it('reads a key and a login on each line, whatever the order of the columns', async () => {
    expect(await linesOf('Identifiant,Série\na.essai,E001\nB.Essai,E002\n')).toEqual([
      { kind: 'record', line: 2, record: { serial: 'E001', login: 'a.essai' } },
      { kind: 'record', line: 3, record: { serial: 'E002', login: 'B.Essai' } },
    ])
  })

  it('refuses a key or a holder named twice, and cells that name neither', async () => {
    const lines = await linesOf('serie;identifiant\nE001;a\nE001;b\nE002;A\n;c\nE 3;c\nE004;\n')
    expect(lines.map((line) => (line.kind === 'refused' ? [line.line, line.field] : 'record'))).toEqual([
      'record',
      [3, 'serie'],
      [4, 'identifiant'],
      [5, 'serie'],
      [6, 'serie'],
      [7, 'identifiant'],
    ])
  })

  it('refuses a file without one of the two columns', async () => {
    await expect(linesOf('serie;nom\nE001;a\n')).rejects.toBeInstanceOf(FileRefusal)
  })
})
