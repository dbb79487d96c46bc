import type { Context, Deps } from '@vigie/api/context'
import { findAccountId } from '@vigie/api/features/accounts/find-account-id.ts'
import { acknowledgeIncident } from '@vigie/api/features/incidents/life/acknowledge-incident.ts'
import { openIncident } from '@vigie/api/features/incidents/life/open-incident.ts'
import { resolveIncident } from '@vigie/api/features/incidents/life/resolve-incident.ts'
import { listIncidents } from '@vigie/api/features/incidents/queue/list-incidents.ts'
import { incidentsQuery, newIncidentInput } from '@vigie/api/features/incidents/schema.ts'
import { declareTarget } from '@vigie/api/features/targets/declare-target.ts'
import { newTargetSchema } from '@vigie/api/features/targets/schema.ts'
import { schema } from '@vigie/db'
import type { AvailabilityWindow } from '@vigie/db/schema'
import type { ServiceId } from '@vigie/rules'
import { aClock } from '../support/clock.ts'
import { contextOf } from '../support/deps.ts'
import { aPerson } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { anAlert, pushAlerts } from '../support/incident.ts'

const HOUR = 3_600_000
const WORKER = { role: 'vigie_worker' } as const

const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString()

/** The same, some hours ago. */
const before = <C extends Pick<Deps, 'clock'>>(ctx: C, hours: number): C => ({
  ...ctx,
  clock: aClock(ago(hours)),
})

/** A collège whose services are watched, its head, and those who handle incidents for the académie. */
export async function aWatchedAcademie(deps: Deps) {
  const uai = await anEtablissement()
    .college()
    .with({ name: 'Collège des Tilleuls', commune: 'Villeneuve-les-Essais' })
    .insert(deps.db)
  const quiet = await anEtablissement()
    .with({ name: 'École des Peupliers', commune: 'Brumeval' })
    .insert(deps.db)
  const academie = { kind: 'academie', code: '98' } as const
  const people = {
    head: await aPerson(deps, {
      role: 'chef_etablissement',
      perimeter: { kind: 'etablissement', code: uai },
    }),
    quietHead: await aPerson(deps, {
      role: 'directeur_ecole',
      perimeter: { kind: 'etablissement', code: quiet },
    }),
    rssi: await aPerson(deps, { role: 'rssi', perimeter: academie }),
    aqssi: await aPerson(deps, { role: 'aqssi', perimeter: academie }),
    diaser: await aPerson(deps, { role: 'diaser', perimeter: academie }),
    assistance: await aPerson(deps, { role: 'assistance', perimeter: academie }),
  }
  const as = async (
    login: keyof typeof people,
    role: 'chef_etablissement' | 'rssi' | 'diaser',
  ): Promise<Context> =>
    contextOf(deps, {
      kind: 'account',
      id: await findAccountId(contextOf(deps), people[login]),
      login: people[login],
      displayName: 'Compte des essais',
      grants: [
        {
          role,
          perimeter: role === 'chef_etablissement' ? { kind: 'etablissement', code: uai } : academie,
        },
      ],
    })
  const head = await as('head', 'chef_etablissement')
  const rssi = await as('rssi', 'rssi')
  return { uai, quiet, people, head, rssi, diaser: await as('diaser', 'diaser') }
}

type Watched = Awaited<ReturnType<typeof aWatchedAcademie>>

/** What a morning brings: an attack, a service that is down, a request, and what was resolved before. */
export async function aBusyMorning(deps: Deps, { uai, head, rssi }: Watched) {
  await pushAlerts(before(contextOf(deps), 0.2), [
    anAlert({
      fingerprint: 'attaque',
      startsAt: ago(0.2),
      labels: { alertname: 'OtpBruteForce', severity: 'critical', job: 'vigie', academie: '98' },
      annotations: {
        summary: 'Quelqu’un essaie les codes d’un porteur',
        description: '42 refus d’un même porteur en deux minutes, pour un seuil de 20.',
        runbook_url: 'https://vigie.exemple.fr/exploitation/alertes#otpbruteforce',
      },
    }),
  ])
  await pushAlerts(before(contextOf(deps), 5), [
    anAlert({
      fingerprint: 'service',
      startsAt: ago(5),
      labels: { uai, service: 'INF-SEC', severity: 'warning', instance: 'https://www.college.exemple.fr/' },
      annotations: {
        summary: 'Le site du collège ne répond plus',
        description: 'Aucune des cibles du service n’a répondu depuis dix minutes.',
      },
    }),
  ])
  const asked = await openIncident(
    before(head, 52),
    newIncidentInput.parse({
      origin: 'request',
      uai,
      title: 'Ouvrir le wifi de la salle des professeurs',
      description: 'Dix enseignants y préparent leurs cours ; aucune borne ne couvre la salle.',
      severity: 'info',
    }),
  )
  const over = await openIncident(
    before(head, 130),
    newIncidentInput.parse({
      origin: 'report',
      uai,
      title: 'Plus d’impression au secrétariat',
      description: 'L’imprimante ne sort plus rien depuis ce matin, le voyant est rouge.',
    }),
  )
  await acknowledgeIncident(before(rssi, 129.2), over.id)
  await resolveIncident(before(rssi, 124), over.id, { comment: 'Cartouche remplacée par la collectivité.' })
  const { rows } = await listIncidents(rssi, incidentsQuery.parse({ state: 'unresolved' }))
  const attack = rows.find(({ alertName }) => alertName === 'OtpBruteForce')
  if (!attack) throw new Error('the attack opened no incident')
  return { asked: asked.id, over: over.id, attack: attack.id }
}

const SHARES: Readonly<Record<AvailabilityWindow, number>> = { '1d': 0.62, '7d': 0.941, '30d': 0.9987 }

/** Two targets, and what Prometheus measured of two services. */
export async function watchedServices(deps: Deps, { uai, head }: Watched) {
  const declare = (input: object) => declareTarget(head, uai, newTargetSchema.parse(input))
  await declare({
    module: 'http',
    address: 'https://www.college-tilleuls.exemple.fr/',
    label: 'Le site du collège',
    service: 'INF-SEC',
  })
  await declare({ module: 'icmp', address: '10.20.30.1', label: 'La box du CDI' })
  const measured = (service: ServiceId, shares: Readonly<Record<string, number>>) =>
    (['1d', '7d', '30d'] as const).map((span) => ({
      uai,
      service,
      span,
      ratio: shares[span] ?? 0,
      observedAt: new Date(),
      source: 'essais',
    }))
  await deps.db.transact(WORKER, (tx) =>
    tx
      .insert(schema.serviceAvailability)
      .values([...measured('INF-SEC', SHARES), ...measured('INF-ANN', { '1d': 1, '7d': 1, '30d': 0.99994 })]),
  )
}
