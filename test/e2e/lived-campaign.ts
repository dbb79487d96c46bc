import type { Actor } from '@vigie/api/access'
import type { Deps } from '@vigie/api/context'
import { assignEtablissements } from '@vigie/api/features/campaigns/assign-etablissements.ts'
import { createCampaign } from '@vigie/api/features/campaigns/create-campaign.ts'
import { openCampaign } from '@vigie/api/features/campaigns/open-campaign.ts'
import { startVisit } from '@vigie/api/features/visits/start-visit.ts'
import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { contextOf } from '../support/deps.ts'
import { aPerson } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aStatus, keepStatuses } from '../support/statuses.ts'

/** In: a login. Out: who signs in with it, as verbs know her. */
export async function actorOf(deps: Deps, login: string): Promise<Actor> {
  const { account, roleGrant } = schema
  const [found] = await deps.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({
        id: account.id,
        name: account.displayName,
        role: roleGrant.role,
        kind: roleGrant.perimeterKind,
        code: roleGrant.perimeterCode,
      })
      .from(account)
      .innerJoin(roleGrant, eq(roleGrant.accountId, account.id))
      .where(eq(account.login, login)),
  )
  if (!found) throw new Error(`${login} has no account`)
  const { id, name, role, kind, code } = found
  return { kind: 'account', id, login, displayName: name, grants: [{ role, perimeter: { kind, code } }] }
}

/** Four schools of a circonscription, their statuses on backups and pages, and the people of a campaign. */
export async function anAuditedPlace(deps: Deps) {
  const uais: string[] = []
  for (const name of ['Les Tilleuls', 'Les Peupliers', 'Le Vallon', 'La Combe']) {
    const place = anEtablissement().with({
      name: `École ${name}`,
      circonscription: '0990077',
      circonscriptionName: 'Brumeval',
      commune: 'Brumeval',
    })
    const uai = await place.insert(deps.db)
    uais.push(uai)
    await keepStatuses(deps.db, { uai, degree: 'd1' }, [
      aStatus(uai, 'MCO-SVG-1', 'compliant'),
      aStatus(uai, 'MCO-SVG-2', 'non_compliant'),
    ])
  }
  const [first = ''] = uais
  const people = {
    rssi: await aPerson(deps, { role: 'rssi', perimeter: { kind: 'academie', code: '98' } }),
    aqssi: await aPerson(deps, { role: 'aqssi', perimeter: { kind: 'academie', code: '98' } }),
    osp: await aPerson(deps, { role: 'osp', perimeter: { kind: 'departement', code: '991' } }),
    ien: await aPerson(deps, { role: 'ien', perimeter: { kind: 'circonscription', code: '0990077' } }),
    head: await aPerson(deps, { role: 'directeur_ecole', perimeter: { kind: 'etablissement', code: first } }),
  }
  return { uais, first, people }
}

/** A campaign on backups, open, each school given to the OSP; a visit begun at the first. */
export async function aRunningCampaign(deps: Deps) {
  const place = await anAuditedPlace(deps)
  const rssi = contextOf(deps, await actorOf(deps, place.people.rssi))
  const osp = await actorOf(deps, place.people.osp)
  if (osp.kind !== 'account') throw new Error('an officer has an account')
  const today = deps.clock.now().toISOString().slice(0, 10)
  const end = new Date(deps.clock.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10)
  const { id } = await createCampaign(rssi, {
    name: 'Sauvegardes avant l’hiver',
    purpose: 'Vérifier que chaque école sait restaurer ses fichiers.',
    startsOn: today,
    endsOn: end,
    perimeter: { kind: 'circonscription', code: '0990077' },
    services: ['MCO-SVG'],
  })
  await openCampaign(rssi, id)
  await assignEtablissements(rssi, id, { uais: place.uais, officer: osp.id, visitOn: today })
  const visit = await startVisit(
    contextOf(deps, osp),
    { uai: place.first },
    { campaignId: id, visitedOn: today, note: null },
  )
  return { ...place, campaign: id, visit: visit.id, today, end }
}
