import { describe, expect, it } from 'vitest'
import { readSharing, type SharingLine } from './sharing-table.ts'

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

async function linesOf(...rows: string[]): Promise<SharingLine[]> {
  const lines: SharingLine[] = []
  for await (const line of readSharing(bytesOf(['Académie;Degré;Exigence;Responsable', ...rows].join('\n'))))
    lines.push(line)
  return lines
}

describe('readSharing', () => {
  it('reads académie, degree, requirement and party, whatever the spelling', async () => {
    expect(await linesOf('16;d1;inf-aut-13;Collectivité', '16;2nd degré;INF-AUT-13;académie')).toEqual([
      {
        kind: 'record',
        line: 2,
        record: { academie: '16', degree: 'd1', requirement: 'INF-AUT-13', party: 'collectivite' },
      },
      {
        kind: 'record',
        line: 3,
        record: { academie: '16', degree: 'd2', requirement: 'INF-AUT-13', party: 'academie' },
      },
    ])
  })

  it.each([
    ['77;d1;INF-AUT-1;academie', 'academie'],
    [';d1;INF-AUT-1;academie', 'academie'],
    ['16;d3;INF-AUT-1;academie', 'degre'],
    ['16;d1;INF-AUT-999;academie', 'exigence'],
    ['16;d1;INF-AUT-1;mairie', 'responsable'],
  ])('refuses %j at its field', async (row, field) => {
    expect(await linesOf(row)).toMatchObject([{ kind: 'refused', line: 2, field }])
  })

  it('refuses a requirement given twice for one académie and degree', async () => {
    expect(await linesOf('16;d1;INF-AUT-1;academie', '16;d1;INF-AUT-1;collectivite')).toMatchObject([
      { kind: 'record' },
      { kind: 'refused', line: 3, field: 'exigence' },
    ])
  })
})
