import { managerOf, superiorOf, type HolderFunction } from './holder.ts'
import type { KeyActor, KeyState, KeyTransition } from './life.ts'

export type ProcedureKind =
  'stand_in' | 'return_of_holder' | 'replacement' | 'departure' | 'first_appointment'

export type ProcedureStep =
  | 'rights_given'
  | 'holder_key_paused'
  | 'rights_removed'
  | 'holder_key_resumed'
  | 'approved'
  | 'old_key_stopped'
  | 'old_key_revoked'
  | 'convoked'
  | 'key_prepared'
  | 'key_handed_over'
  | 'key_activated'
  | 'key_returned'
  | 'key_sent_back'

/** `leaving` keys must stop or come back, `arriving` ones must become usable; the case says whose they are. */
export type StepProof =
  | { readonly ticked: true; readonly orArriving?: readonly KeyState[] }
  | { readonly convoked: true }
  | { readonly everyLeaving: readonly KeyState[] }
  | { readonly someArriving: readonly KeyState[] }

export interface StepRule {
  readonly step: ProcedureStep
  /** Who acts, in the words of the life of a key. */
  readonly by: KeyActor
  /** French: the act, then what it changes. */
  readonly label: string
  readonly change: string
  readonly proof: StepProof
  /** Transitions that the step may ask of the key; empty when it is ticked, or done in the key's own file. */
  readonly transitions: readonly KeyTransition[]
}

export interface ProcedureRule {
  /** French. */
  readonly label: string
  readonly summary: string
  /** Whose key must stop, and who must end with a usable one; `old` is the key that the case was opened for. */
  readonly leaving: 'holder' | 'other' | 'old' | 'nobody'
  readonly arriving: 'holder' | 'other' | 'nobody'
  readonly needsOther: boolean
  /** A mairie’s login is held by whoever the mayor appoints: it has no stand-in and no first appointment. */
  readonly nominativeOnly: boolean
  readonly openedBy: readonly KeyActor[]
  readonly steps: readonly StepRule[]
}

/** What is true of a procedure now. */
export interface ProcedureFacts {
  readonly leaving: readonly KeyState[]
  readonly arriving: readonly KeyState[]
  readonly ticked: ReadonlySet<string>
  readonly convoked: boolean
}

const BACK = ['returned', 'stock', 'scrapped'] as const
const REVOKED = ['revoked', ...BACK] as const
const STOPPED = ['lost', 'stolen', 'broken', ...REVOKED] as const
const ACTIVATED = ['active', 'paused', 'locked'] as const
const IN_HANDS = ['handed_over', ...ACTIVATED] as const
const PREPARED = ['initialised', ...IN_HANDS] as const

const step = (
  name: ProcedureStep,
  by: KeyActor,
  proof: StepProof,
  label: string,
  change: string,
  transitions: readonly KeyTransition[] = [],
): StepRule => ({ step: name, by, label, change, proof, transitions })

const prepared = (change: string) =>
  step('key_prepared', 'manager', { someArriving: PREPARED }, 'Préparer une clé', change)
const handedOver = (change: string) =>
  step('key_handed_over', 'superior', { someArriving: IN_HANDS }, 'Remettre la clé en main propre', change)
const activated = step(
  'key_activated',
  'superior',
  { someArriving: ACTIVATED },
  'Activer la clé',
  'Le porteur choisit son code PIN et essaie un premier code : la clé est utilisable.',
)
const returned = (label: string) =>
  step(
    'key_returned',
    'superior',
    { everyLeaving: BACK },
    label,
    'Le bordereau de restitution est signé ; la clé n’ouvre plus aucun accès. Une clé perdue se met au rebut.',
  )

/** The five cases (Martinique 2010), with the acts of Montpellier 2008, chapters 2 to 6: steps, who does each, what it changes. */
export const PROCEDURES: Readonly<Record<ProcedureKind, ProcedureRule>> = {
  stand_in: {
    label: 'Remplacement d’un absent',
    summary: 'Le porteur est absent plus d’une semaine : une clé est préparée au nom de qui le remplace.',
    leaving: 'holder',
    arriving: 'other',
    needsOther: true,
    nominativeOnly: true,
    openedBy: ['superior', 'manager'],
    steps: [
      step(
        'rights_given',
        'superior',
        { ticked: true },
        'Donner les droits au remplaçant',
        'Les droits se donnent dans l’application de gestion des droits, hors de Vigie.',
      ),
      step(
        'holder_key_paused',
        'superior',
        { everyLeaving: ['initialised', 'handed_over', 'paused', ...STOPPED] },
        'Suspendre la clé de l’absent',
        'La clé de l’absent ne fonctionne plus jusqu’à son retour.',
        ['pause'],
      ),
      prepared('Une clé du stock est associée au remplaçant ; elle ne fonctionne pas encore.'),
      handedOver('Le remplaçant signe le bordereau de remise.'),
      activated,
    ],
  },
  return_of_holder: {
    label: 'Retour du porteur absent',
    summary: 'Le porteur reprend son poste : la clé du remplaçant est restituée, la sienne reprend.',
    leaving: 'other',
    arriving: 'holder',
    needsOther: true,
    nominativeOnly: true,
    openedBy: ['superior', 'manager'],
    steps: [
      step(
        'rights_removed',
        'superior',
        { ticked: true },
        'Retirer les droits du remplaçant',
        'Les droits se retirent dans l’application de gestion des droits, hors de Vigie.',
      ),
      returned('Reprendre la clé du remplaçant'),
      step(
        'holder_key_resumed',
        'superior',
        { someArriving: ['active', 'locked'] },
        'Remettre en service la clé du porteur',
        'Le porteur retrouve l’usage de sa clé, avec son code PIN.',
        ['resume'],
      ),
    ],
  },
  replacement: {
    label: 'Remplacement d’une clé',
    summary: 'La clé est perdue, volée, cassée ou ne fonctionne plus : une autre est préparée et remise.',
    leaving: 'old',
    arriving: 'holder',
    needsOther: false,
    nominativeOnly: false,
    openedBy: ['holder', 'assistance', 'superior', 'manager'],
    steps: [
      step(
        'old_key_stopped',
        'assistance',
        { everyLeaving: STOPPED },
        'Signaler l’ancienne clé',
        'L’ancienne clé cesse aussitôt de fonctionner.',
        ['report_lost', 'report_stolen', 'report_broken'],
      ),
      step(
        'approved',
        'superior',
        { ticked: true, orArriving: IN_HANDS },
        'Approuver le remplacement',
        'Le supérieur direct confirme la demande et convient de la remise avec le porteur.',
      ),
      step(
        'old_key_revoked',
        'manager',
        { everyLeaving: REVOKED },
        'Révoquer l’ancienne clé',
        'Après rappel du porteur au numéro connu, l’ancienne clé est écartée pour toujours.',
        ['revoke'],
      ),
      prepared('Une clé du stock est associée au porteur ; elle ne fonctionne pas encore.'),
      handedOver('Le porteur signe le bordereau de remise.'),
      activated,
    ],
  },
  departure: {
    label: 'Départ en fin d’année scolaire',
    summary: 'Le porteur quitte sa fonction : il restitue sa clé dans la première semaine de juillet.',
    leaving: 'holder',
    arriving: 'nobody',
    needsOther: false,
    nominativeOnly: false,
    openedBy: ['superior', 'manager'],
    steps: [
      returned('Reprendre la clé'),
      step(
        'key_sent_back',
        'manager',
        { everyLeaving: ['stock', 'scrapped'] },
        'Réceptionner la clé rendue',
        'La clé rejoint le stock ou le rebut ; les droits du porteur s’éteignent d’eux-mêmes.',
      ),
    ],
  },
  first_appointment: {
    label: 'Première nomination',
    summary: 'Un nouveau porteur est nommé : il est convoqué à la séance de remise des environs du 20 août.',
    leaving: 'nobody',
    arriving: 'holder',
    needsOther: false,
    nominativeOnly: true,
    openedBy: ['superior', 'manager'],
    steps: [
      step(
        'convoked',
        'manager',
        { convoked: true },
        'Convoquer à une séance de remise',
        'Le nouveau porteur connaît la date, l’heure et le lieu.',
      ),
      prepared('Une clé du stock est associée au nouveau porteur ; ses droits s’ouvrent d’eux-mêmes.'),
      handedOver('Le nouveau porteur signe le bordereau de remise pendant la séance.'),
      activated,
    ],
  },
}

export const PROCEDURE_KINDS = Object.keys(PROCEDURES) as readonly ProcedureKind[]

const isProven = (proof: StepProof, name: ProcedureStep, facts: ProcedureFacts): boolean => {
  const arrived = (states: readonly KeyState[]) => facts.arriving.some((state) => states.includes(state))
  if ('ticked' in proof) return facts.ticked.has(name) || arrived(proof.orArriving ?? [])
  if ('convoked' in proof)
    return facts.convoked || facts.arriving.some((state) => IN_HANDS.some((s) => s === state))
  if ('everyLeaving' in proof) return facts.leaving.every((state) => proof.everyLeaving.includes(state))
  return arrived(proof.someArriving)
}

/** In: a case and what is true now. Out: its steps in order; the case is over when all are done. */
export const stepsOf = (
  kind: ProcedureKind,
  facts: ProcedureFacts,
): readonly { readonly rule: StepRule; readonly done: boolean }[] =>
  PROCEDURES[kind].steps.map((rule) => ({ rule, done: isProven(rule.proof, rule.step, facts) }))

/** The step to do now; null when none is left. */
export const nextStep = (kind: ProcedureKind, facts: ProcedureFacts): StepRule | null =>
  stepsOf(kind, facts).find(({ done }) => !done)?.rule ?? null

/** French: what a cancelled case leaves to put right, from the state in which it left the keys. */
export function leftoversOf(kind: ProcedureKind, { leaving, arriving }: ProcedureFacts): readonly string[] {
  const left: string[] = []
  if (kind === 'stand_in' && leaving.includes('paused'))
    left.push('La clé du porteur est suspendue : remettez-la en service depuis sa fiche.')
  if (kind === 'stand_in' && arriving.some((state) => IN_HANDS.some((s) => s === state)))
    left.push('Le remplaçant détient une clé : faites-la restituer.')
  if (kind === 'return_of_holder' && leaving.some((state) => IN_HANDS.some((s) => s === state)))
    left.push('Le remplaçant détient encore une clé : faites-la restituer.')
  if (kind === 'return_of_holder' && arriving.includes('paused'))
    left.push('La clé du porteur est encore suspendue : remettez-la en service depuis sa fiche.')
  if (kind === 'replacement' && leaving.some((state) => ['lost', 'stolen', 'broken'].includes(state)))
    left.push('L’ancienne clé est signalée mais pas révoquée : révoquez-la après rappel du porteur.')
  if (arriving.includes('initialised'))
    left.push('Une clé reste préparée sans avoir été remise : dissociez-la pour la rendre au stock.')
  return left
}

/** French: who that actor is for this holder. */
export function actorTitle(actor: KeyActor, holder: HolderFunction): string {
  switch (actor) {
    case 'superior':
      return {
        ien: 'IEN de la circonscription',
        chef_etablissement: 'Chef d’établissement',
        diaser: 'Division informatique',
      }[superiorOf(holder)]
    case 'manager':
      return { osp: 'Officier de sécurité de proximité', diaser: 'Division informatique' }[managerOf(holder)]
    case 'assistance':
      return 'Assistance ou porteur'
    case 'holder':
      return 'Porteur'
    case 'system':
      return 'Vigie'
  }
}
