import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHolders, type HolderLine } from './holder-table.ts'

async function linesOf(text: string): Promise<HolderLine[]> {
  const lines: HolderLine[] = []
  async function* bytes() {
    yield new TextEncoder().encode(text)
  }
  for await (const line of readHolders(bytes())) lines.push(line)
  return lines
}

const HEADER =
  'Identifiant;Nom;Prénom;Fonction;UAI;Circonscription;Département;Code INSEE;N° ordre;Mél;Téléphone;Société'

describe('readHolders', () => {
  it('reads people and mairies, under the column names that files use', async () => {
    const lines = await linesOf(
      [
        HEADER,
        'a.essai;Essai;Anne;Directrice d’école;0990001A;;;;;anne@exemple.fr;01 99 00 00 01;',
        ';;;mairie;;;;99001;2;;01 99 00 00 02;',
        'b.essai;Essai;Bilal;inspecteur;;0991001A;;;;;;',
        'c.essai;Essai;Chloé;prestataire;;;991;;;;;Société E',
      ].join('\n'),
    )
    expect(lines).toMatchObject([
      {
        line: 2,
        record: {
          function: 'directeur_ecole',
          login: 'a.essai',
          displayName: 'Anne Essai',
          uai: '0990001A',
          mail: 'anne@exemple.fr',
          callBackNumber: '01 99 00 00 01',
        },
      },
      { record: { function: 'mairie', communeCode: '99001', orderNumber: 2 } },
      { record: { function: 'ien', circonscription: '0991001A' } },
      { record: { function: 'externe', departement: '991', company: 'Société E' } },
    ])
    expect(lines[1]).not.toHaveProperty('record.login')
  })

  it.each([
    ['a.essai;Essai;Anne;maire;0990001A;;;;;;;', 'fonction'],
    ['a.essai;Essai;Anne;ien;09900;;;;;;;', 'uai'],
    [';;;mairie;;;;9900;;;;', 'code_insee'],
    [';;;mairie;;;;99001;0;;;', 'numero_d_ordre'],
    ['a.essai;Essai;Anne;ien;;0991001A;;;;anne;;', 'mail'],
    ['a.essai;Essai;Anne;ien;;0991001A;;;;;appelez-moi;', 'telephone'],
    [`${'a'.repeat(121)};Essai;Anne;ien;;0991001A;;;;;;`, 'login'],
  ])('refuses %s, naming %s', async (line, field) => {
    expect(await linesOf(`${HEADER}\n${line}`)).toMatchObject([{ kind: 'refused', line: 2, field }])
  })

  it('refuses the second line of one holder, whatever the spelling of the login', async () => {
    const lines = await linesOf(
      'login;nom;fonction;departement\nEssai.A;A;personnel;991\nessai.a;A;personnel;991\n',
    )
    expect(lines.map(({ kind }) => kind)).toEqual(['record', 'refused'])
  })

  it('tells something of every line, whatever it holds', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
        const quoted = (text: string) => `"x${text.replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`
        const text = ['identifiant;fonction;uai', ...rows.map((row) => row.map(quoted).join(';'))].join('\n')
        expect(await linesOf(text)).toHaveLength(rows.length)
      }),
      { numRuns: 60 },
    )
  })
})
