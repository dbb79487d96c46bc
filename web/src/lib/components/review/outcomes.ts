import { STATUS_WORDS } from '#lib/status.ts'
import type { ReviewKind, ReviewRow } from './review-view.ts'

/** One way to decide a case; keys 1 to 4 follow their order. */
export interface Option {
  /** What the form sends: `outcome`, or `outcome:verdict`. */
  readonly value: string
  readonly label: string
  readonly hint: string
  /** Whether it is written why, and until when it holds. */
  readonly reason: boolean
  readonly expiry: boolean
}

const VERDICTS = ['compliant', 'partial', 'non_compliant', 'not_applicable'] as const

const agreeing = (verdict: string, row: ReviewRow | null): string => {
  const said = [
    ...(row?.observed === verdict ? ['ce que disent les mesures'] : []),
    ...(row?.declared?.verdict === verdict ? ['ce que dit la déclaration'] : []),
  ]
  return said.join(' et ')
}

const accepting = (verdict: (typeof VERDICTS)[number]): Option => ({
  value: `accept:${verdict}`,
  label: `Accepter : ${STATUS_WORDS[verdict].toLowerCase()}`,
  hint: '',
  ...{ reason: true, expiry: true },
})
const REFUSE: Option = {
  ...{ value: 'refuse', label: 'Refuser', hint: 'le statut reste ce qu’il est' },
  ...{ reason: true, expiry: false },
}

/** In: a case. Out: the ways to decide it, in the order of the keys. */
export function optionsOf(row: ReviewRow): readonly Option[] {
  switch (row.kind) {
    case 'contradiction':
      return VERDICTS.map((verdict) => ({
        value: verdict,
        label: STATUS_WORDS[verdict],
        hint: agreeing(verdict, row),
        ...{ reason: true, expiry: true },
      }))
    case 'derogation':
      return [
        { value: 'approve', label: 'Accorder', hint: '', reason: false, expiry: true },
        { ...REFUSE, hint: 'la recommandation compte comme avant' },
      ]
    case 'dispute':
      return row.disputeKind === 'wrong_observation'
        ? [accepting('compliant'), accepting('partial'), accepting('not_applicable'), REFUSE]
        : [accepting('not_applicable'), REFUSE]
    case 'expiring':
      return [
        {
          ...{ value: 'remind', label: 'Relancer', hint: 'un courriel à l’auteur de la déclaration' },
          ...{ reason: false, expiry: false },
        },
        { value: 'pass', label: 'Passer', hint: 'sans rien faire', reason: false, expiry: false },
      ]
  }
}

/** In: the kind of a list. Out: the ways to decide several cases alike. */
export function optionsForAll(kind: ReviewKind): readonly Option[] {
  const both = { reason: true, expiry: true }
  switch (kind) {
    case 'contradiction':
      return [
        { value: 'observed', label: 'Retenir les mesures', hint: '', ...both },
        { value: 'declared', label: 'Retenir les déclarations', hint: '', ...both },
        ...VERDICTS.map((verdict) => ({ value: verdict, label: STATUS_WORDS[verdict], hint: '', ...both })),
      ]
    case 'derogation':
      return [
        { value: 'approve', label: 'Accorder', hint: '', reason: false, expiry: true },
        { ...REFUSE, hint: '' },
      ]
    case 'dispute':
      return [
        accepting('not_applicable'),
        accepting('compliant'),
        accepting('partial'),
        { ...REFUSE, hint: '' },
      ]
    case 'expiring':
      return [{ value: 'remind', label: 'Relancer par courriel', hint: '', reason: false, expiry: false }]
  }
}
