import { formatCount, formatElapsed, formatNumber, formatRelative } from '#lib/format.ts'

const NBSP = '\u00a0'

type Reception = 'receiving' | 'silent' | 'never' | 'disabled'
type Retention = 'within' | 'since_service' | 'too_short' | 'too_long' | 'unknown'
type Sign = 'compliant' | 'partial' | 'non_compliant' | 'unknown' | 'not_applicable'

interface Range {
  readonly shortestDays: number
  readonly longestDays: number
}

export const RECEPTION_SIGNS: Readonly<Record<Reception, { readonly sign: Sign; readonly word: string }>> = {
  receiving: { sign: 'compliant', word: 'Reçue' },
  silent: { sign: 'non_compliant', word: 'Silencieuse' },
  never: { sign: 'unknown', word: 'Jamais entendue' },
  disabled: { sign: 'not_applicable', word: 'Mise de côté' },
}

export const RETENTION_SIGNS: Readonly<Record<Retention, { readonly sign: Sign; readonly word: string }>> = {
  within: { sign: 'compliant', word: 'Dans la durée légale' },
  since_service: { sign: 'compliant', word: 'Garde tout depuis son début' },
  too_short: { sign: 'non_compliant', word: 'Garde trop peu' },
  too_long: { sign: 'non_compliant', word: 'Garde trop longtemps' },
  unknown: { sign: 'unknown', word: 'Durée inconnue' },
}

const days = (count: number) => formatCount(count, 'jour', 'jours')

/** In: how a source is received, when it last spoke, « now ». Out: a sentence, with what to do when something is. */
export function receptionSentence(
  { reception, lastMessageAt }: { reception: Reception; lastMessageAt: string | null },
  now: string,
): string {
  switch (reception) {
    case 'receiving':
      return `Ses messages arrivent${NBSP}; le dernier ${formatRelative(lastMessageAt ?? now, now)}.`
    case 'silent':
      return `Plus rien depuis ${formatElapsed(lastMessageAt ?? now, now)}${NBSP}: vérifiez que la machine est allumée, et que son service de journaux tourne.`
    case 'never':
      return `Rien n’est encore arrivé${NBSP}: son envoi vers Vigie reste à régler.`
    case 'disabled':
      return 'Elle n’est plus attendue, et ce qu’elle enverrait serait refusé.'
  }
}

/** In: what a source sent in a week. Out: a sentence of figures; what is missing is said, nothing is not. */
export function weekSentence(week: {
  readonly received: number
  readonly structured: number
  readonly missing: number
  readonly heardHours: number
  readonly expectedHours: number
}): string {
  if (week.received === 0) return 'Aucun message ces sept derniers jours.'
  const loose = week.received - week.structured
  return [
    `${formatCount(week.received, 'message', 'messages')} en sept jours`,
    loose === 0 ? 'tous au format normalisé' : `dont ${formatNumber(loose)} hors du format normalisé`,
    `entendue ${formatNumber(week.heardHours)} heures sur ${formatNumber(week.expectedHours)}`,
    ...(week.missing === 0
      ? []
      : [`${formatCount(week.missing, 'message manque', 'messages manquent')} à la suite`]),
  ]
    .join(', ')
    .concat('.')
}

/** In: a verdict on retention, days kept, the legal range. Out: a sentence, with what to do. */
export function retentionSentence(retention: Retention, kept: number | null, range: Range): string {
  const legal = `de ${range.shortestDays} à ${days(range.longestDays)}`
  switch (retention) {
    case 'within':
      return `Elle garde ${days(kept ?? 0)} de journaux${NBSP}: la durée légale va ${legal}.`
    case 'since_service':
      return `Elle garde tout depuis sa mise en service, soit ${days(kept ?? 0)}${NBSP}; la durée légale va ${legal}.`
    case 'too_short':
      return `Elle ne garde que ${days(kept ?? 0)} de journaux${NBSP}: il en faut au moins ${range.shortestDays}. Agrandissez son stockage, ou allongez la durée dans son réglage.`
    case 'too_long':
      return `Elle garde ${days(kept ?? 0)} de journaux${NBSP}: au-delà de ${range.longestDays}, ils doivent être effacés. Réglez leur effacement.`
    case 'unknown':
      return `On ne sait pas ce qu’elle garde${NBSP}: elle ne l’a pas dit ces huit derniers jours. La durée légale va ${legal}.`
  }
}

/** In: days kept (or none) and the legal range. Out: where each stands on one scale, from 0 to 100. */
export function retentionScale(kept: number | null, { shortestDays, longestDays }: Range) {
  const whole = Math.max(longestDays * 1.25, (kept ?? 0) * 1.08)
  const at = (value: number) => Math.round((value / whole) * 1000) / 10
  return { from: at(shortestDays), to: at(longestDays), kept: kept === null ? null : at(kept) }
}
