import type { Actor } from '@vigie/api/access'
import { declare } from '@vigie/api/features/declarations/declare.ts'
import { evaluateEtablissements } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import { prepareEvidence, recordEvidence } from '@vigie/api/features/evidence/record-evidence.ts'
import { schema, type Database } from '@vigie/db'
import type { DecidedVerdict, Role } from '@vigie/db/schema'
import { REQUIREMENTS, type RequirementId } from '@vigie/rules'
import { and, eq } from 'drizzle-orm'
import { openAccount } from './account.ts'
import { aClock, aRandom } from './clock.ts'
import { contextOf, depsOn } from './deps.ts'
import { anEtablissement, type EtablissementBuilder } from './etablissement.ts'

const PASSWORD = 'phrase longue des essais'
const WORKER = { role: 'vigie_worker' } as const

/** Observed by backups; the rest of the suite contradicts it. */
export const BACKUP = 'MCO-SVG-1' satisfies RequirementId
export const RECOMMENDED = REQUIREMENTS.find(({ levels }) => levels.d2 === 'R')!.id
export const DEMANDED = REQUIREMENTS.find(({ levels }) => levels.d2 === 'E')!.id

/** An académie under review: one clock, people by role, establishments whose evidence and declarations are told. */
export function aReview(db: Database, options: { seed: number; academie: string; at?: string }) {
  const { academie } = options
  const clock = aClock(options.at ?? '2026-11-16T09:00:00Z')
  const random = aRandom(options.seed)
  const deps = depsOn(db, { clock, random })
  const system = contextOf(deps)
  const person = (role: Role, uai?: string): Actor => ({
    ...{ kind: 'account', id: random.uuid(), login: role, displayName: `Personne ${role}` },
    grants: [
      {
        role,
        perimeter: uai ? { kind: 'etablissement', code: uai } : { kind: 'academie', code: academie },
      },
    ],
  })
  const as = (role: Role, uai?: string) => contextOf(deps, person(role, uai))
  const rssi = as('rssi')
  const evaluate = (...uais: string[]) => evaluateEtablissements(system, uais)

  const place = (
    change: (builder: EtablissementBuilder) => EtablissementBuilder = (builder) => builder,
  ): Promise<string> => change(anEtablissement().college().inAcademie(academie)).insert(db)

  /** Hours since the last backup: 900 is not compliant, 5 is partial with that ratio. */
  async function observe(uai: string, hours: number): Promise<void> {
    const observations = [
      { key: 'backup.last_success_age' as const, value: hours, observedAt: clock.now() },
      { key: 'backup.success_ratio_30d' as const, value: 0.7, observedAt: clock.now() },
    ]
    await prepareEvidence(system, observations)
    await db.transact(WORKER, (tx) =>
      recordEvidence(tx, system, uai, observations, { source: 'nas', collector: 'essais' }),
    )
    await evaluate(uai)
  }

  const say = (uai: string, requirement: RequirementId, verdict: DecidedVerdict) =>
    declare(as('chef_etablissement', uai), { uai, requirement }, { verdict, comment: 'Dit par le chef' })

  /** An establishment that says « conforme » of what is observed as not. */
  async function contradicted(change?: Parameters<typeof place>[0]): Promise<string> {
    const uai = await place(change)
    await observe(uai, 900)
    await say(uai, BACKUP, 'compliant')
    return uai
  }

  async function statusOf(uai: string, requirement: string = BACKUP) {
    const { requirementStatus } = schema
    const [row] = await db.transact(WORKER, (tx) =>
      tx
        .select()
        .from(requirementStatus)
        .where(and(eq(requirementStatus.uai, uai), eq(requirementStatus.requirement, requirement))),
    )
    return row
  }

  async function scoreOf(uai: string) {
    const [row] = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.etablissementScore).where(eq(schema.etablissementScore.uai, uai)),
    )
    return row
  }

  /** The head of an establishment with an account of her own and a file of holder, so that mails find her. */
  async function aHead(uai: string, mail: string) {
    const grant = {
      role: 'chef_etablissement' as const,
      perimeter: { kind: 'etablissement' as const, code: uai },
    }
    const login = `chef.${uai.toLowerCase()}`
    const accountId = await openAccount(deps, { login, password: PASSWORD, grants: [grant] })
    await db.transact(WORKER, (tx) =>
      tx.insert(schema.otpHolder).values({
        ...{ id: random.uuid(), kind: 'nominative' as const, accountId, mail, academie, uai, login },
        ...{
          displayName: 'Direction des essais',
          holderFunction: 'chef_etablissement' as const,
          createdAt: clock.now(),
        },
      }),
    )
    const actor: Actor = { kind: 'account', id: accountId, login, displayName: login, grants: [grant] }
    return contextOf(deps, actor)
  }

  const mails = () => db.transact(WORKER, (tx) => tx.select().from(schema.mailMessage))

  return {
    ...{ clock, deps, system, as, rssi, evaluate, place, observe, say, contradicted },
    ...{ statusOf, scoreOf, aHead, mails },
  }
}

export type Review = ReturnType<typeof aReview>
