import type { InferRequestType, InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'
import { typed } from '#lib/form-text.ts'

type Help = Client['v1']['holders'][':id']['assistance']['$post']
export type HelpInput = InferRequestType<Help>['json']
export type HelpAnswer = InferResponseType<Help, 200>
export type Helped = InferResponseType<Client['v1']['assistance']['$get'], 200>['rows'][number]

/** What a refused form keeps: neither a code nor the tick of a call-back. */
export interface KeptHelp {
  readonly reason: string
  readonly incident: string
  readonly hours: string
}

export const INCIDENTS = [
  { value: 'lost', label: 'Perdue' },
  { value: 'stolen', label: 'Volée' },
  { value: 'broken', label: 'Cassée ou muette' },
] as const

/** In: the form of one act of the help desk. Out: what the API is asked, and what the form keeps if it refuses. */
export function readHelp(form: FormData): { json: HelpInput; kept: KeptHelp } {
  const kept = {
    reason: typed(form, 'motif'),
    incident: typed(form, 'incident'),
    hours: typed(form, 'duree'),
  }
  const [first, second] = [typed(form, 'code1'), typed(form, 'code2')]
  const incident = INCIDENTS.find(({ value }) => value === kept.incident)?.value
  const json: HelpInput = {
    action: typed(form, 'action') as HelpInput['action'],
    ...(typed(form, 'rappel') === 'oui' ? { calledBack: true as const } : {}),
    ...(kept.reason ? { reason: kept.reason } : {}),
    ...(first || second ? { codes: [first, second] } : {}),
    ...(kept.hours ? { hours: Number(kept.hours) } : {}),
    ...(incident ? { incident } : {}),
  }
  return { json, kept }
}

/** In: a person who calls, and now (ISO 8601). Out: what to know first, most pressing on top. */
export function pressing({ key, now }: Helped, at: string): readonly string[] {
  if (!key) return ['Aucune clé n’est à son nom.']
  return [
    ...(now.locked ? ['Sa clé est verrouillée : trop d’essais ont échoué.'] : []),
    ...(now.pausedUntil && now.pausedUntil > at ? ['Ses essais sont suspendus quelques instants.'] : []),
    ...(key.state === 'active' && !now.pinSet
      ? ['Son code PIN est effacé : il doit en choisir un autre.']
      : []),
    ...(now.temporaryUntil && now.temporaryUntil > at ? ['Un mot de passe de dépannage est en cours.'] : []),
  ]
}
