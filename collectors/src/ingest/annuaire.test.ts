import { parseUai } from '@vigie/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnnuaireLine } from './annuaire-record.ts'
import { readAnnuaire } from './annuaire.ts'

const TODAY = '2026-11-16'

const ECOLE: Readonly<Record<string, string>> = {
  identifiant_de_l_etablissement: '0990001N',
  nom_etablissement: 'École des Tilleuls',
  type_etablissement: 'Ecole',
  statut_public_prive: 'Public',
  code_commune: '99101',
  nom_commune: 'Brumeval',
  code_departement: '991',
  code_academie: '98',
  code_region: '98',
  ecole_maternelle: '1',
  ecole_elementaire: '1',
  voie_generale: '',
  voie_technologique: '',
  voie_professionnelle: '',
  nombre_d_eleves: '87',
  nom_circonscription: 'Brumeval nord',
  code_circonscription: '0990900S',
  latitude: '45.10',
  longitude: '3.20',
  date_ouverture: '1969-04-26',
  date_fermeture: '',
  etat: 'OUVERT',
  multi_uai: '0',
  code_nature: '151',
  libelle_nature: '',
  etablissement_mere: '',
  code_bassin_formation: '98001',
  libelle_bassin_formation: 'BRUMEVAL',
}

const linesOf = async (...rows: Partial<Record<string, string>>[]): Promise<AnnuaireLine[]> => {
  const columns = Object.keys(ECOLE)
  const lines = rows.map((row) => columns.map((column) => row[column] ?? ECOLE[column]).join(';'))
  const bytes = Buffer.from([columns.join(';'), ...lines].join('\n'))
  const read: AnnuaireLine[] = []
  for await (const line of readAnnuaire(oneChunk(bytes), TODAY)) read.push(line)
  return read
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const only = async (row: Partial<Record<string, string>>) => (await linesOf(row))[0]!

describe('readAnnuaire', () => {
  it('reads every field of an école', async () => {
    expect(await only({})).toEqual({
      kind: 'record',
      line: 2,
      record: {
        uai: '0990001N',
        name: 'École des Tilleuls',
        type: 'ecole_primaire',
        degree: 'd1',
        sector: 'public',
        communeCode: '99101',
        commune: 'Brumeval',
        departement: '991',
        academie: '98',
        region: '98',
        circonscription: '0990900S',
        circonscriptionName: 'Brumeval nord',
        bassin: '98001',
        bassinName: 'BRUMEVAL',
        collectivite: 'commune:99101',
        pupils: 87,
        latitude: 45.1,
        longitude: 3.2,
        openedOn: '1969-04-26',
        closedOn: null,
        state: 'ouvert',
        motherUai: null,
      },
    })
  })

  it.each([
    [{ ecole_elementaire: '0' }, 'ecole_maternelle', 'd1', 'commune:99101'],
    [{ ecole_maternelle: '0' }, 'ecole_elementaire', 'd1', 'commune:99101'],
    [
      { ecole_maternelle: '', ecole_elementaire: '', libelle_nature: 'ECOLE MATERNELLE' },
      'ecole_maternelle',
      'd1',
      'commune:99101',
    ],
    [{ type_etablissement: 'Collège', code_nature: '340' }, 'college', 'd2', 'departement:991'],
    [{ type_etablissement: 'Lycée', code_nature: '306' }, 'lycee_polyvalent', 'd2', 'region:98'],
    [{ type_etablissement: 'LYCEE', code_nature: '320' }, 'lycee_professionnel', 'd2', 'region:98'],
    [
      { type_etablissement: 'Lycée', code_nature: '', voie_generale: '1', voie_professionnelle: '1' },
      'lycee_polyvalent',
      'd2',
      'region:98',
    ],
    [
      { type_etablissement: 'Lycée', code_nature: '', voie_generale: '1' },
      'lycee_general_technologique',
      'd2',
      'region:98',
    ],
    [{ type_etablissement: 'EREA', code_nature: '370' }, 'erea', 'd2', 'region:98'],
  ])('tells type, degree and collectivité of %j', async (row, type, degree, collectivite) => {
    expect(await only(row)).toMatchObject({ kind: 'record', record: { type, degree, collectivite } })
  })

  it('gives an overseas lycée to its own collectivité when it belongs to no Région', async () => {
    const lycee = {
      type_etablissement: 'Lycée',
      code_departement: '988',
      code_academie: '40',
      code_commune: '98818',
    }
    expect(await only(lycee)).toMatchObject({ record: { collectivite: 'departement:988', academie: '40' } })
  })

  it('restores the zeros that a spreadsheet has removed', async () => {
    const row = { code_departement: '1', code_academie: '10', code_commune: '1004' }
    expect(await only(row)).toMatchObject({
      record: { departement: '001', communeCode: '01004', collectivite: 'commune:01004' },
    })
  })

  it.each(['Médico-social', 'Service Administratif', 'Information et orientation', ''])(
    'skips %j, which is outside the scope, without refusing it',
    async (type_etablissement) => {
      expect(await only({ type_etablissement })).toMatchObject({ kind: 'skipped', line: 2 })
    },
  )

  it('skips an establishment that is still to open', async () => {
    expect(await only({ etat: 'A OUVRIR', date_ouverture: '2027-09-01' })).toMatchObject({ kind: 'skipped' })
  })

  it('reads closed establishments, and French dates', async () => {
    expect(await only({ etat: 'FERME', date_fermeture: '31/08/2024' })).toMatchObject({
      record: { state: 'ferme', closedOn: '2024-08-31' },
    })
    expect(await only({ etat: '', date_fermeture: '31/08/2027' })).toMatchObject({
      record: { state: 'ouvert', closedOn: null },
    })
  })

  it.each([
    [{ identifiant_de_l_etablissement: '0990001A' }, 'identifiant_de_l_etablissement', 'lettre'],
    [{ identifiant_de_l_etablissement: '' }, 'identifiant_de_l_etablissement', 'absent'],
    [{ code_departement: '999' }, 'code_departement', 'inconnu'],
    [{ code_academie: '77' }, 'code_academie', 'inconnue'],
    [{ code_academie: '16' }, 'code_academie', 'Toulouse'],
    [{ code_commune: 'Brumeval' }, 'code_commune', 'INSEE'],
    [{ nom_commune: '' }, 'nom_commune', 'vide'],
    [{ nom_etablissement: 'x'.repeat(201) }, 'nom_etablissement', '200'],
    [{ nom_etablissement: 'a\u0000b' }, 'nom_etablissement', 'contrôle'],
    [{ statut_public_prive: 'Autre' }, 'statut_public_prive', 'Public'],
    [{ date_ouverture: '2026-02-30' }, 'date_ouverture', 'date'],
    [{ date_ouverture: '2026-11-17' }, 'date_ouverture', 'futur'],
    [{ etat: 'FERME', date_fermeture: '1950-01-01' }, 'date_fermeture', 'précède'],
    [{ date_fermeture: '2020-07-05' }, 'etat', 'fermé'],
    [{ etat: 'EN TRAVAUX' }, 'etat', 'OUVERT'],
    [{ latitude: 'quarante' }, 'latitude', 'degrés'],
    [{ latitude: '91' }, 'latitude', '90'],
    [{ longitude: '' }, 'longitude', 'les deux'],
    [{ nombre_d_eleves: '-3' }, 'nombre_d_eleves', 'bornes'],
    [{ nombre_d_eleves: '12,5' }, 'nombre_d_eleves', 'entier'],
    [{ etablissement_mere: '0990002A' }, 'etablissement_mere', 'lettre'],
    [{ etablissement_mere: '0990001N' }, 'etablissement_mere', 'lui-même'],
    [{ code_circonscription: 'a,b' }, 'code_circonscription', 'code'],
  ])('refuses %j alone, with its field and the remedy', async (row, field, words) => {
    const line = await only(row)
    expect(line).toMatchObject({ kind: 'refused', line: 2, field })
    expect(line.kind === 'refused' && line.reason).toContain(words)
  })

  it('refuses a second line of the same UAI, unless the annuaire says that it spreads over several', async () => {
    const [first, second, third] = await linesOf({}, {}, { multi_uai: '1' })
    expect(first).toMatchObject({ kind: 'record' })
    expect(second).toMatchObject({ kind: 'refused', line: 3, uai: '0990001N' })
    expect(third).toMatchObject({ kind: 'skipped', line: 4 })
  })

  it('keeps reading after a refused line, and accepts its correction further down', async () => {
    const lines = await linesOf({ latitude: 'x' }, {})
    expect(lines.map(({ kind }) => kind)).toEqual(['refused', 'record'])
  })

  it('answers each line of any cells once, and only with valid records', async () => {
    const cell = fc.oneof(
      fc.string().map((text) => text.replaceAll(/[;"\r\n\t,]/g, '')),
      fc.constantFrom(...Object.values(ECOLE).filter((value) => !value.includes(';'))),
    )
    const row = fc.record(Object.fromEntries(Object.keys(ECOLE).map((column) => [column, cell])), {
      requiredKeys: [],
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
        const filled = rows.map((values) => ({
          ...values,
          nom_etablissement: `x${values['nom_etablissement'] ?? ''}`,
        }))
        const lines = await linesOf(...filled)
        expect(lines).toHaveLength(rows.length)
        for (const line of lines) {
          if (line.kind === 'record') expect(parseUai(line.record.uai)).toBe(line.record.uai)
          if (line.kind === 'refused') expect(line.reason.length).toBeGreaterThan(5)
        }
      }),
    )
  })
})
