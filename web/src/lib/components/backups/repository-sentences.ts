import { formatCount, formatNumber, formatRate, formatRelative } from '#lib/format.ts'
import type { Repository } from './backup-view.ts'

export type Sign = 'compliant' | 'partial' | 'non_compliant' | 'unknown'

/** One thing that is true of a repository, with its sign and the word behind it. */
export interface Sentence {
  readonly sign: Sign
  readonly word: string
  readonly text: string
}

export const COVER_WORDS: Readonly<Record<Repository['covers'][number], string>> = {
  servers: 'les serveurs',
  administration: 'les postes de l’administration',
  pedagogy: 'les données pédagogiques',
  logs: 'les journaux',
}

const WORDS: Readonly<Record<Sign, string>> = {
  compliant: 'Bien',
  partial: 'À suivre',
  non_compliant: 'À corriger',
  unknown: 'Inconnu',
}
const UNITS = ['o', 'Ko', 'Mo', 'Go', 'To', 'Po'] as const
const HOUR_MS = 3_600_000
const NBSP = '\u00a0'

const sentence = (sign: Sign, text: string): Sentence => ({ sign, word: WORDS[sign], text })

/** In: bytes. Out: « 21,3 Go », decimal units. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000
    unit += 1
  }
  return `${formatNumber(value)}${NBSP}${UNITS[unit]}`
}

/** In: hours. Out: « 24 heures », « 7 jours » from three days on. */
export const formatHours = (hours: number): string =>
  hours < 72
    ? formatCount(Math.round(hours * 10) / 10, 'heure', 'heures')
    : formatCount(hours / 24, 'jour', 'jours')

function success({ lastSuccessAt, plannedIntervalHours, collectedAt }: Repository, now: string): Sentence {
  if (lastSuccessAt === null) return sentence('non_compliant', 'Aucune sauvegarde n’a jamais réussi.')
  const late = (Date.parse(collectedAt) - Date.parse(lastSuccessAt)) / HOUR_MS
  const allowed = plannedIntervalHours > 0 ? plannedIntervalHours * 2 : 48
  return sentence(
    late <= allowed ? 'compliant' : late > 168 ? 'non_compliant' : 'partial',
    `Dernière sauvegarde réussie ${formatRelative(lastSuccessAt, now)}.`,
  )
}

function schedule({ plannedIntervalHours, seenIntervalHours, successRatio }: Repository): Sentence {
  if (plannedIntervalHours === 0) return sentence('non_compliant', 'Aucune sauvegarde n’est planifiée.')
  const planned = `Une sauvegarde est prévue toutes les ${formatHours(plannedIntervalHours)}`
  if (successRatio === null) return sentence('unknown', `${planned} ; leur régularité n’est pas connue.`)
  const drifts = seenIntervalHours !== null && Math.abs(seenIntervalHours / plannedIntervalHours - 1) > 0.2
  const seen = !drifts ? '' : ` (en fait toutes les ${formatHours(seenIntervalHours)})`
  const kept = `${formatRate(successRatio)} de celles qui étaient prévues depuis 30 jours ont réussi`
  return sentence(
    successRatio >= 0.9 ? 'compliant' : successRatio < 0.5 ? 'non_compliant' : 'partial',
    `${planned}${seen} ; ${kept}.`,
  )
}

function versions({ versions: count, checkFailedAt }: Repository): Sentence {
  if (checkFailedAt !== null)
    return sentence(
      'non_compliant',
      'Aucune version n’est sûre tant que le dépôt abîmé n’a pas été réparé et relu.',
    )
  if (count === 0) return sentence('non_compliant', 'Aucune version n’est restaurable.')
  return sentence(
    count >= 2 ? 'compliant' : 'non_compliant',
    `${formatCount(count, 'version restaurable', 'versions restaurables')}.`,
  )
}

function integrity(repository: Repository, now: string): Sentence {
  const { dataCheckedAt, structureCheckedAt, checkFailedAt } = repository
  if (checkFailedAt !== null)
    return sentence(
      'non_compliant',
      `Une vérification a trouvé des erreurs ${formatRelative(checkFailedAt, now)}.`,
    )
  if (dataCheckedAt !== null)
    return sentence('compliant', `Toutes les données ont été relues ${formatRelative(dataCheckedAt, now)}.`)
  return sentence(
    'unknown',
    structureCheckedAt === null
      ? 'Les données n’ont jamais été relues : personne ne sait si elles sont intactes.'
      : 'Seul l’index a été vérifié : il ne dit rien des données elles-mêmes.',
  )
}

function protection({ encrypted, remote, transportEncrypted }: Repository): Sentence[] {
  const list: Sentence[] = [
    remote
      ? sentence('compliant', 'La copie est hors du site.')
      : sentence('partial', 'La copie est sur le site : un incendie ou un vol emporterait les deux.'),
  ]
  if (encrypted !== null)
    list.unshift(
      encrypted
        ? sentence('compliant', 'Les sauvegardes sont chiffrées.')
        : sentence('non_compliant', 'Les sauvegardes ne sont pas chiffrées : qui les atteint lit tout.'),
    )
  if (transportEncrypted === false)
    list.push(sentence('non_compliant', 'Les données circulent en clair jusqu’au support.'))
  return list
}

function size({ sizeChange }: Repository): Sentence[] {
  if (!sizeChange) return []
  const times = formatRate(sizeChange.factor)
  return [
    sizeChange.kind === 'drop'
      ? sentence(
          'partial',
          `La taille est tombée à ${times} de l’habituelle : vérifiez qu’aucun dossier ne manque.`,
        )
      : sentence(
          'partial',
          `La taille est passée à ${times} de l’habituelle : vérifiez que rien n’a chiffré ou copié les fichiers.`,
        ),
  ]
}

/** In: a repository and « now », ISO 8601. Out: its state in plain sentences, what must be corrected first. */
export function sentencesOf(repository: Repository, now: string): readonly Sentence[] {
  const silence = repository.silent
    ? [
        sentence(
          'unknown',
          `Ce dépôt n’a rien envoyé depuis ${formatRelative(repository.collectedAt, now).replace('il y a ', '')}.`,
        ),
      ]
    : []
  const all = [
    ...silence,
    success(repository, now),
    schedule(repository),
    versions(repository),
    integrity(repository, now),
    ...protection(repository),
    ...size(repository),
  ]
  const order: readonly Sign[] = ['non_compliant', 'partial', 'unknown', 'compliant']
  return all.toSorted((a, b) => order.indexOf(a.sign) - order.indexOf(b.sign))
}

/** The worst of its sentences, and how many there are of it. */
export function summaryOf(sentences: readonly Sentence[]): Sentence {
  const first = sentences[0] ?? sentence('unknown', '')
  const alike = sentences.filter(({ sign }) => sign === first.sign).length
  switch (first.sign) {
    case 'non_compliant':
      return { ...first, text: formatCount(alike, 'point à corriger', 'points à corriger') }
    case 'partial':
      return { ...first, text: formatCount(alike, 'point à suivre', 'points à suivre') }
    case 'unknown':
      return { ...first, text: formatCount(alike, 'point inconnu', 'points inconnus') }
    case 'compliant':
      return { ...first, text: 'Tout va bien' }
  }
}
