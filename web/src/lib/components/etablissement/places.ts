export interface Step {
  readonly label: string
  readonly href?: string
}

export interface Tab {
  readonly href: string
  readonly label: string
  readonly current: 'page' | 'true' | undefined
}

interface Named {
  readonly uai: string
  readonly name: string
}

const SECTIONS: Readonly<Record<string, string>> = {
  constats: 'Constats',
  exigences: 'Exigences',
  historique: 'Historique',
  journaux: 'Journaux',
  parc: 'Parc',
  questionnaire: 'Questionnaire',
  referentiels: 'Autres référentiels',
  sauvegardes: 'Sauvegardes',
  supervision: 'Supervision',
}

/**
 * In: the path of a page of an establishment, whether the reader may open the académie's page, and how the last
 * segment is named when it is not by its own text. Out: the steps that lead there; the last one is the page itself.
 */
export function trailOf(
  path: string,
  { uai, name }: Named,
  seesAcademie: boolean,
  leaf?: string,
): readonly Step[] {
  const [section, item] = path.split('/').slice(3)
  const root = `/etablissements/${uai}`
  const steps: Step[] = seesAcademie ? [{ label: 'Académie', href: '/academie' }] : []
  if (!section) return [...steps, { label: name }]
  steps.push({ label: name, href: root })
  const label = SECTIONS[section] ?? section
  if (!item) return [...steps, { label }]
  return [...steps, { label, href: `${root}/${section}` }, { label: leaf ?? item }]
}

/** Pages of an establishment that not everybody opens. */
export interface Opened {
  readonly parc: boolean
  readonly supervision: boolean
  readonly constats?: boolean
  readonly questionnaire?: boolean
  readonly backups?: boolean
  readonly logs?: boolean
}

/** In: the path and what the reader may open. Out: the establishment's pages, the current one marked. */
export function tabsOf(path: string, uai: string, opened: Opened): readonly Tab[] {
  const root = `/etablissements/${uai}`
  const current = (href: string): Tab['current'] => {
    if (path === href) return 'page'
    return href !== root && path.startsWith(`${href}/`) ? 'true' : undefined
  }
  return [
    { href: root, label: 'Bulletin' },
    { href: `${root}/exigences`, label: 'Exigences' },
    { href: `${root}/historique`, label: 'Historique' },
    ...(opened.questionnaire ? [{ href: `${root}/questionnaire`, label: 'Questionnaire' }] : []),
    ...(opened.constats ? [{ href: `${root}/constats`, label: 'Constats' }] : []),
    ...(opened.parc ? [{ href: `${root}/parc`, label: 'Parc' }] : []),
    ...(opened.supervision ? [{ href: `${root}/supervision`, label: 'Supervision' }] : []),
    ...(opened.backups ? [{ href: `${root}/sauvegardes`, label: 'Sauvegardes' }] : []),
    ...(opened.logs ? [{ href: `${root}/journaux`, label: 'Journaux' }] : []),
  ].map((tab) => ({ ...tab, current: current(tab.href) }))
}
