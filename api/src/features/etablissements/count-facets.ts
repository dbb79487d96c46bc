import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Conditions } from './filters.ts'
import { DEGREE_LABELS, TYPE_LABELS, collectiviteName, departementName } from './labels.ts'
import { ETABLISSEMENT_TYPES, type EtablissementList } from './schema.ts'

type Facets = EtablissementList['facets']

interface CountRow {
  readonly facet: 'type' | 'degree' | 'departement' | 'collectivite' | 'all'
  readonly code: string | null
  readonly commune: string | null
  readonly count: number
}

const COLLECTIVITES_SHOWN = 200

/** In: the conditions. Out: how many establishments meet them all, and each facet's counts without its own condition. */
export async function countFacets(
  tx: Tx,
  { base, facets }: Conditions,
): Promise<{ total: number; facets: Facets }> {
  const rows = rowsOf<CountRow>(
    await tx.execute(sql`
      with held as materialized (
        select e.type, e.degree, e.departement, e.collectivite, e.commune,
          ${facets.type} as by_type, ${facets.degree} as by_degree,
          ${facets.departement} as by_departement, ${facets.collectivite} as by_collectivite
        from etablissement e where ${base}
      ), counted as (
        select case
            when grouping(type) = 0 then 'type' when grouping(degree) = 0 then 'degree'
            when grouping(departement) = 0 then 'departement'
            when grouping(collectivite) = 0 then 'collectivite' else 'all' end as facet,
          coalesce(type, degree, departement, collectivite) as code, min(commune) as commune,
          (case
            when grouping(type) = 0 then count(*) filter (where by_degree and by_departement and by_collectivite)
            when grouping(degree) = 0 then count(*) filter (where by_type and by_departement and by_collectivite)
            when grouping(departement) = 0 then count(*) filter (where by_type and by_degree and by_collectivite)
            when grouping(collectivite) = 0 then count(*) filter (where by_type and by_degree and by_departement)
            else count(*) filter (where by_type and by_degree and by_departement and by_collectivite)
          end)::int as count
        from held group by grouping sets ((type), (degree), (departement), (collectivite), ())
      )
      select facet, code, commune, count from counted where count > 0 order by count desc, code`),
  )
  const facet = (name: CountRow['facet'], labelOf: (code: string, commune: string | null) => string) =>
    rows.flatMap(({ facet, code, commune, count }) =>
      facet === name && code !== null ? [{ code, label: labelOf(code, commune), count }] : [],
    )
  return {
    total: rows.find((row) => row.facet === 'all')?.count ?? 0,
    facets: {
      types: facet(
        'type',
        (code) => TYPE_LABELS[ETABLISSEMENT_TYPES.find((type) => type === code) ?? 'erea'],
      ),
      degrees: facet('degree', (code) => DEGREE_LABELS[code === 'd1' ? 'd1' : 'd2']),
      departements: facet('departement', departementName).toSorted((a, b) => (a.code < b.code ? -1 : 1)),
      collectivites: facet('collectivite', collectiviteName).slice(0, COLLECTIVITES_SHOWN),
    },
  }
}
