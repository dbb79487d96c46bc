import type { InferRequestType, InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type Api = Client['v1']['procedures']
export type ProcedureList = InferResponseType<Api['$get'], 200>
export type ProcedureSummary = ProcedureList['rows'][number]
export type Procedure = InferResponseType<Api[':id']['$get'], 200>
export type ProcedureStep = Procedure['steps'][number]
export type NewProcedure = InferRequestType<Api['$post']>['json']
export type ProcedureKind = NewProcedure['kind']
export type StepInput = InferRequestType<Api[':id']['steps']['$post']>['json']

interface Case {
  readonly kind: ProcedureKind
  /** What happens, as the person who opens the case would say it. */
  readonly situation: string
  readonly outcome: string
  /** Whom the search is for. */
  readonly holder: string
  readonly other: 'asked' | 'known' | null
  /** Name of the date, and what holds when it is left empty. */
  readonly due: { readonly label: string; readonly hint: string }
}

/** The five cases, as choices in plain words. */
export const CASES: readonly Case[] = [
  {
    kind: 'stand_in',
    situation: 'Quelqu’un est absent plus d’une semaine et une autre personne le remplace',
    outcome: 'La clé de l’absent est suspendue, le remplaçant reçoit la sienne.',
    holder: 'Qui est absent ?',
    other: 'asked',
    due: { label: 'Retour prévu le', hint: 'S’il est connu : au moins huit jours après aujourd’hui.' },
  },
  {
    kind: 'return_of_holder',
    situation: 'La personne absente reprend son poste',
    outcome: 'Le remplaçant rend sa clé, celle du porteur est remise en service.',
    holder: 'Qui revient ?',
    other: 'known',
    due: { label: 'À terminer pour le', hint: 'Facultatif.' },
  },
  {
    kind: 'replacement',
    situation: 'Une clé est perdue, volée, cassée, ou ne fonctionne plus',
    outcome: 'L’ancienne clé est arrêtée puis révoquée, une autre est remise.',
    holder: 'À qui est la clé ?',
    other: null,
    due: { label: 'À terminer pour le', hint: 'Facultatif.' },
  },
  {
    kind: 'departure',
    situation: 'Une personne quitte sa fonction à la fin de l’année scolaire',
    outcome: 'La clé est rendue dans la première semaine de juillet et revient au stock.',
    holder: 'Qui part ?',
    other: null,
    due: { label: 'Clé rendue pour le', hint: 'Vide : le 7 juillet de cette année scolaire.' },
  },
  {
    kind: 'first_appointment',
    situation: 'Une personne est nommée pour la première fois',
    outcome: 'Elle est convoquée à la séance d’août et repart avec une clé qui fonctionne.',
    holder: 'Qui est nommé ?',
    other: null,
    due: { label: 'Clé remise pour le', hint: 'Vide : la séance des environs du 20 août.' },
  },
]

/** In: anything. Out: the case that it names. */
export const caseOf = (kind: string | null): Case | undefined => CASES.find((one) => one.kind === kind)

/** In: a procedure. Out: the sign that shows its status. */
export const signOf = ({ outcome, overdue }: Pick<ProcedureSummary, 'outcome' | 'overdue'>) =>
  outcome === 'done'
    ? 'compliant'
    : outcome === 'cancelled'
      ? 'not_applicable'
      : overdue
        ? 'non_compliant'
        : 'derogation'

export interface StepPlace {
  readonly href: string
  readonly label: string
}

/** In: a step done outside its own page, and its procedure. Out: the page where it is done. */
export function placeOf(
  { step }: Pick<ProcedureStep, 'step'>,
  { key, newKey }: Pick<Procedure, 'key' | 'newKey'>,
): StepPlace {
  if (step === 'convoked') return { href: '/seances', label: 'Ouvrir les séances de remise' }
  if (step === 'key_prepared')
    return { href: '/cles/liste?etat=stock', label: 'Choisir une clé du stock à attribuer' }
  if (step === 'key_handed_over' || step === 'key_activated')
    return newKey
      ? { href: `/remise/${newKey.serial}`, label: 'Ouvrir l’assistant de remise' }
      : { href: '/remise', label: 'Voir les clés à remettre' }
  return key
    ? { href: `/cles/${key.serial}`, label: `Ouvrir la fiche de la clé ${key.serial}` }
    : { href: '/cles/liste', label: 'Voir les clés' }
}
