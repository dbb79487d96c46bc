import type { CollectorRun } from '@vigie/collectors'
import type { CollectionSource } from '../features/collection/collection-source.ts'
import type { CollectionReport } from '../features/collection/record-collection.ts'
import { alignedTable } from './aligned-table.ts'

/** What a collection would ask. In: `json` to print it whole. */
export function showPlan(source: CollectionSource, json: boolean): void {
  if (json) {
    console.log(JSON.stringify({ source: source.name, address: source.address, plan: source.plan }, null, 2))
    return
  }
  console.log(`${source.name} (${source.address}), rien n’est interrogé\n`)
  showRequests(source)
}

function showRequests(source: CollectionSource): void {
  for (const { title, columns, rows } of source.plan) {
    console.log(`${title} :`)
    console.log(`${alignedTable(columns, rows)}\n`)
  }
}

/** What a dry run read. Out: whether it failed. */
export function showRun(source: CollectionSource, run: CollectorRun, json: boolean): boolean {
  if (json) {
    console.log(JSON.stringify({ source: source.name, plan: source.plan, ...run }, null, 2))
    return run.outcome === 'failed'
  }
  console.log(`${source.name} (${source.address}), essai sans enregistrement\n`)
  showRequests(source)
  console.log(`Preuves : ${run.evidence.length}`)
  console.log(
    alignedTable(
      ['UAI', 'Clé', 'Valeur', 'Observée le', 'Source'],
      run.evidence.map(({ uai, key, value, observedAt, source: from }) => [
        ...[uai, key, String(value), observedAt.toISOString(), from],
      ]),
    ),
  )
  if (run.availability.length > 0) {
    console.log(`\nDisponibilités : ${run.availability.length}`)
    console.log(
      alignedTable(
        ['UAI', 'Service', 'Durée', 'Part'],
        run.availability.map(({ uai, service, span, ratio }) => [uai, service, span, String(ratio)]),
      ),
    )
  }
  for (const { reason, count } of run.ignored) console.log(`Ignoré : ${count} × ${reason}`)
  for (const { keys, reason } of run.failures) console.log(`Échec : ${keys.join(', ')}. ${reason}`)
  return run.outcome === 'failed'
}

/** What a collection recorded. Out: whether it failed. */
export function showReport(report: CollectionReport, json: boolean): boolean {
  if (json) console.log(JSON.stringify(report, null, 2))
  else if (report.outcome === 'failed') {
    console.log(
      `${report.collector} : échec. ${report.error ?? ''} Noté pour ${report.failed} établissement(s).`,
    )
  } else {
    console.log(
      `${report.collector} : ${report.observations} preuves pour ${report.etablissements} établissement(s).` +
        (report.availabilities > 0 ? ` Disponibilités : ${report.availabilities}.` : '') +
        (report.failed > 0 ? ` Échec partiel pour ${report.failed}.` : ''),
    )
    if (report.unknownUais.length > 0) {
      console.log(`UAI absents de l’annuaire : ${report.unknownUais.slice(0, 20).join(', ')}.`)
    }
  }
  return report.outcome === 'failed'
}
