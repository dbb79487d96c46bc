import type { Deps } from '@vigie/api/context'
import { declare } from '@vigie/api/features/declarations/declare.ts'
import { requestDerogation } from '@vigie/api/features/derogations/request-derogation.ts'
import { openDispute } from '@vigie/api/features/disputes/open-dispute.ts'
import type { Actor } from '@vigie/api/access'
import { REQUIREMENTS } from '@vigie/rules'
import { aClock, aRandom } from '../support/clock.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { aPerson } from '../support/e2e-server.ts'
import { aLivedCollege } from './lived-etablissement.ts'

const DAY = 86_400_000
export const BACKUP = 'MCO-SVG-1'
export const DEMANDED = 'MCO-SVG-1'
export const RECOMMENDED = REQUIREMENTS.find(({ levels }) => levels.d2 === 'R')!.id

/** An académie in which three collèges contradict what is observed, one asks for a derogation, one disputes. */
export async function aReviewedAcademie(deps: Deps) {
  const random = aRandom(77)
  const at = (daysAgo: number, actor: Actor) =>
    contextOf(
      depsOn(deps.db, { random, clock: aClock(new Date(Date.now() - daysAgo * DAY).toISOString()) }),
      actor,
    )
  const headOf = (uai: string): Actor => ({
    ...{
      kind: 'account',
      id: crypto.randomUUID(),
      login: `chef-${uai}`,
      displayName: 'Madame la principale',
    },
    grants: [{ role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: uai } }],
  })
  const lived = []
  for (const name of ['Collège des Aulnes', 'Collège des Bouleaux', 'Collège des Cerisiers']) {
    const college = await aLivedCollege(deps.db, name)
    if (name === 'Collège des Cerisiers')
      await declare(
        at(350, headOf(college.uai)),
        { uai: college.uai, requirement: 'INF-DIF-2' },
        { verdict: 'compliant', comment: 'Affiché en salle des professeurs.' },
      )
    await college.observe(20, { 'backup.last_success_age': 10, 'backup.success_ratio_30d': 1 })
    await college.observe(1, { 'backup.last_success_age': 900, 'backup.success_ratio_30d': 0.7 })
    const input = { verdict: 'compliant', comment: 'Le prestataire sauvegarde chaque nuit.' } as const
    await declare(at(0.5, headOf(college.uai)), { uai: college.uai, requirement: BACKUP }, input)
    await college.evaluate(0)
    lived.push(college)
  }
  const [aulnes, bouleaux, cerisiers] = lived.map(({ uai }) => uai) as [string, string, string]
  await requestDerogation(
    at(0.25, headOf(bouleaux)),
    { uai: bouleaux },
    {
      requirement: RECOMMENDED,
      justification: 'Le matériel est remplacé à la rentrée prochaine.',
      expiresAt: new Date(Date.now() + 200 * DAY).toISOString(),
    },
  )
  await openDispute(
    at(0.25, headOf(cerisiers)),
    { uai: cerisiers },
    {
      requirement: BACKUP,
      kind: 'not_applicable',
      reason: 'Aucun serveur ne reste dans ce collège depuis cet été.',
    },
  )
  const academie = { kind: 'academie', code: '98' } as const
  const people = {
    rssi: await aPerson(deps, { role: 'rssi', perimeter: academie }),
    aqssi: await aPerson(deps, { role: 'aqssi', perimeter: academie }),
    head: await aPerson(deps, {
      role: 'chef_etablissement',
      perimeter: { kind: 'etablissement', code: aulnes },
    }),
  }
  /** The head says again, in other words, what contradicts the measures. */
  const says = (uai: string, comment: string) =>
    declare(contextOf(deps, headOf(uai)), { uai, requirement: BACKUP }, { verdict: 'compliant', comment })
  return { people, aulnes, bouleaux, cerisiers, says }
}
