import { formatDuration } from '#lib/duration.ts'
import { formatCount } from '#lib/format.ts'
import type { IncidentRow } from './incident-view.ts'

type Told = Pick<
  IncidentRow,
  'origin' | 'severity' | 'state' | 'title' | 'partyLabel' | 'ageSeconds' | 'late'
>

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
const quoted = (title: string) => `«\u00a0${title}\u00a0»`
const gravestOf = (rows: readonly Told[]): Told | undefined =>
  rows.find(({ severity }) => severity === 'critical') ?? rows[0]

function broken(rows: readonly Told[]): string {
  const gravest = gravestOf(rows)
  if (!gravest) return 'À notre connaissance, rien n’est en panne dans votre établissement.'
  const age = formatDuration(gravest.ageSeconds)
  if (rows.length === 1) return `Un incident est en cours depuis ${age} : ${quoted(gravest.title)}.`
  const count = formatCount(rows.length, 'incident est', 'incidents sont')
  return `${count} en cours ; le plus grave, depuis ${age} : ${quoted(gravest.title)}.`
}

function asked(rows: readonly Told[]): string {
  if (rows.length === 0) return 'Aucune de vos demandes n’attend de réponse.'
  const oldest = Math.max(...rows.map(({ ageSeconds }) => ageSeconds))
  const seen = rows.filter(({ state }) => state === 'acknowledged').length
  const count =
    rows.length === 1 ? 'Une demande attend une réponse' : `${rows.length} demandes attendent une réponse`
  const taken =
    seen === 0
      ? 'personne ne l’a encore prise en compte'
      : seen === rows.length
        ? 'quelqu’un s’en occupe'
        : `quelqu’un s’occupe de ${seen} d’entre elles`
  return rows.length === 1
    ? `${count} depuis ${formatDuration(oldest)} ; ${taken}.`
    : `${count}, la plus ancienne depuis ${formatDuration(oldest)} ; ${
        seen === 0 ? 'aucune n’est encore prise en compte' : taken
      }.`
}

function next(rows: readonly Told[]): string {
  const parties = [...new Set(rows.map(({ partyLabel }) => lower(partyLabel)))]
  if (parties.length === 0) return 'Vous n’avez rien à faire.'
  const late = rows.some((row) => row.late) ? ' ; le délai prévu est dépassé' : ''
  const own = parties.includes('l’établissement')
  if (own && parties.length === 1) return `C’est à votre établissement d’agir${late}.`
  const others = parties.filter((party) => party !== 'l’établissement').join(' et à ')
  return own
    ? `C’est à votre établissement d’agir pour une part, à ${others} pour le reste${late}.`
    : `C’est à ${others} d’agir : vous êtes tenu au courant ici${late}.`
}

/** In: what runs at a school. Out: three sentences for its head: what is broken, what was asked, who must act. */
export function schoolSummary(rows: readonly Told[]): readonly [string, string, string] {
  const requests = rows.filter(({ origin }) => origin === 'request')
  return [broken(rows.filter(({ origin }) => origin !== 'request')), asked(requests), next(rows)]
}
