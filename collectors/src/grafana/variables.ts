import {
  ConstantVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DATASOURCE } from './panels/panel.ts'

/** Which Prometheus is read. */
const datasource = new DatasourceVariableBuilder('datasource')
  .label('Prometheus')
  .description('Le Prometheus qui relève Vigie.')
  .type('prometheus')
  .build()

const listed = (name: string, label: string, description: string, query: string) =>
  new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(DATASOURCE)
    .query({ qryType: 1, query, refId: `Variable-${name}` })
    .definition(query)
    .refresh(VariableRefresh.OnDashboardLoad)
    .sort(VariableSort.AlphabeticalAsc)

const academie = listed(
  'academie',
  'Académie',
  'Code de l’académie.',
  'label_values(carine_academie_score, academie)',
).build()

const departement = listed(
  'departement',
  'Département',
  'Codes des départements ; tous par défaut.',
  'label_values(carine_departement_score{academie="$academie"}, departement)',
)
  .multi(true)
  .includeAll(true)
  .allValue('.*')
  .current({ selected: true, text: ['All'], value: ['$__all'] })
  .build()

/** Establishments that have a target or a score; any UAI may be typed. */
const uai = listed(
  'uai',
  'Établissement (UAI)',
  'UAI de l’établissement : choisissez, ou tapez-le.',
  'label_values({__name__=~"carine_score|service:up:avg|etablissement:disk_free:ratio", academie="$academie", departement=~"$departement"}, uai)',
)
  .allowCustomValue(true)
  .build()

/** Public address of Vigie, for the links; a constant so that no link to a dashboard can change it. */
export const publicAddress = (publicUrl: string): VariableModel => ({
  ...new ConstantVariableBuilder('vigie')
    .label('Adresse de Vigie')
    .description('Adresse publique de Vigie, pour les liens.')
    .value(publicUrl)
    .build(),
  hide: VariableHide.HideVariable,
  skipUrlSync: true,
})

export const FOR_ALL: readonly VariableModel[] = [datasource]
export const FOR_ACADEMIE: readonly VariableModel[] = [datasource, academie]
export const FOR_DEPARTEMENTS: readonly VariableModel[] = [datasource, academie, departement]
export const FOR_ETABLISSEMENT: readonly VariableModel[] = [datasource, academie, departement, uai]
