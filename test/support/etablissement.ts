import { schema, type Database } from '@vigie/db'
import { anUai } from './uai.ts'

type Row = typeof schema.etablissement.$inferInsert

/** Builder of an establishment: `anEtablissement().inAcademie('98').college()`; `insert(db)` writes it. */
export class EtablissementBuilder {
  private readonly row: Row

  constructor(row: Partial<Row> = {}) {
    const at = new Date('2026-09-01T00:00:00Z')
    this.row = {
      uai: anUai(),
      name: 'École des Essais',
      type: 'ecole_primaire',
      degree: 'd1',
      sector: 'public',
      communeCode: '99001',
      commune: 'Villeneuve-les-Essais',
      departement: '991',
      academie: '98',
      region: '98',
      circonscription: null,
      bassin: null,
      collectivite: 'commune:99001',
      state: 'ouvert',
      createdAt: at,
      updatedAt: at,
      ...row,
    }
  }

  with(row: Partial<Row>): EtablissementBuilder {
    return new EtablissementBuilder({ ...this.row, ...row })
  }

  inAcademie(academie: string): EtablissementBuilder {
    return this.with({ academie })
  }

  inDepartement(departement: string): EtablissementBuilder {
    return this.with({ departement })
  }

  inCirconscription(circonscription: string): EtablissementBuilder {
    return this.with({ circonscription })
  }

  college(): EtablissementBuilder {
    return this.with({
      name: 'Collège des Essais',
      type: 'college',
      degree: 'd2',
      collectivite: `departement:${this.row.departement}`,
    })
  }

  get uai(): string {
    return this.row.uai
  }

  async insert(db: Database): Promise<string> {
    await db.transact({ role: 'vigie_worker' }, (tx) => tx.insert(schema.etablissement).values(this.row))
    return this.row.uai
  }
}

export const anEtablissement = (): EtablissementBuilder => new EtablissementBuilder()
