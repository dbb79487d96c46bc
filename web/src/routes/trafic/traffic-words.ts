import { formatCount, formatNumber } from '#lib/format.ts'
import { windowOf, type Reason, type Surroundings, type Traffic } from './traffic-view.ts'

const NBSP = '\u00a0'
const ZONE = 'Europe/Paris'

const CLOCK = new Intl.DateTimeFormat('fr-FR', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: ZONE,
})
const SHORT_CLOCK = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit', timeZone: ZONE })

/** In: an instant, ISO 8601. Out: « 10:42:05 », Paris time. */
export const clockOf = (instant: string): string => CLOCK.format(new Date(instant))

/** In: an instant, ISO 8601. Out: « 10:42 », Paris time. */
export const shortClockOf = (instant: string): string => SHORT_CLOCK.format(new Date(instant))

/** In: milliseconds. Out: « 4,2 ms », « 1,3 s »; « – » when there was none. */
export function formatMs(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–'
  return ms < 1_000 ? `${formatNumber(ms)}${NBSP}ms` : `${formatNumber(ms / 1_000)}${NBSP}s`
}

export const REASON_WORDS: Readonly<Record<Reason, { label: string; meaning: string }>> = {
  accepted: { label: 'Accepté', meaning: 'Le code et le code personnel étaient justes.' },
  bad_code: { label: 'Code faux', meaning: 'Le code n’est pas l’un de ceux que la clé peut afficher.' },
  bad_pin: { label: 'Code personnel faux', meaning: 'Les quatre chiffres du porteur ne sont pas les siens.' },
  no_pin: { label: 'Sans code personnel', meaning: 'Le porteur n’a pas encore choisi ses quatre chiffres.' },
  replay: { label: 'Code déjà utilisé', meaning: 'Le code avait déjà servi : un rejeu, ou un double envoi.' },
  paused: { label: 'En pause', meaning: 'Après cinq échecs, la clé attend un moment avant d’être écoutée.' },
  locked: { label: 'Verrouillé', meaning: 'Dix échecs de suite : l’assistance doit libérer la clé.' },
  inactive: { label: 'Clé inactive', meaning: 'La clé est révoquée, perdue ou pas encore activée.' },
  unknown: { label: 'Identifiant inconnu', meaning: 'Personne ne porte cet identifiant.' },
  source_blocked: {
    label: 'Source bloquée',
    meaning: 'Cette origine a trop échoué : elle n’est plus écoutée.',
  },
}

/** Ways into Vigie's own verifications; any other relay is an application's name. */
const CHANNELS: Readonly<Record<string, string>> = {
  sign_in: 'Connexion à Vigie',
  activation: 'Activation d’une clé',
  self_service: 'Dépannage par le porteur',
  assistance: 'Assistance',
}

/** In: who relayed the failures of a source. Out: its name. */
export const relayName = (relay: string | null): string =>
  relay === null ? 'Non identifiée' : (CHANNELS[relay] ?? relay)

export const HOLDER_WORDS: Readonly<Record<NonNullable<Surroundings['holders']>[number]['state'], string>> = {
  failing: 'Échoue',
  paused: 'En pause',
  locked: 'Verrouillé',
}

export const COLLECTOR_WORDS: Readonly<Record<Surroundings['collectors'][number]['state'], string>> = {
  working: 'En marche',
  failing: 'En échec',
  silent: 'Silencieux',
}

export const JOB_WORDS: Readonly<Record<Surroundings['jobs'][number]['state'], string>> = {
  working: 'En marche',
  failing: 'En échec',
  waiting: 'Jamais terminé',
}

/** In: the traffic. Out: the last minute in one sentence, for who listens to the page. */
export function summaryOf({ windows, surroundings, asOf }: Traffic): string {
  const { accepted, rejected, latency } = windowOf(windows, 60)
  const alerts = surroundings.incidents.filter(({ state }) => state !== 'resolved').length
  const parts = [
    `${formatCount(accepted, 'code accepté', 'codes acceptés')}, ${formatCount(rejected, 'refusé', 'refusés')} dans la dernière minute`,
    ...(latency ? [`délai médian ${formatMs(latency.p50)}`] : []),
    alerts > 0 ? formatCount(alerts, 'incident ouvert', 'incidents ouverts') : 'aucun incident ouvert',
  ]
  return `À ${shortClockOf(asOf)} : ${parts.join(' ; ')}.`
}
