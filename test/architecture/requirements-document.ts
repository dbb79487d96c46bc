import {
  CATALOGUE_VERSION,
  CHECKS,
  EVIDENCE_KEYS,
  EVIDENCE_SOURCES,
  MEASURES,
  REQUIREMENTS,
  SERVICES,
  checkFor,
  definitionOf,
  documentaryReason,
  isAutomatic,
  sourcesOf,
  type EvidenceKey,
  type Requirement,
  type Service,
} from '@vigie/rules'

const PUSHED = 'Envoi direct'
const DECLARED_FOR = '12 mois'

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const days = (hours: number): string => `${hours / 24} jours`
const code = (text: string): string => `\`${text}\``
const lines = (items: readonly string[]): string => items.join('<br>')

const labelsOf = (keys: readonly EvidenceKey[]): readonly string[] => {
  const labels = new Set(
    keys.flatMap((key) => sourcesOf(key).map((source) => EVIDENCE_SOURCES[source].label)),
  )
  return labels.size === 0 || keys.some((key) => sourcesOf(key).length === 0)
    ? [...labels, PUSHED]
    : [...labels]
}

function requirementRow({ id, statement, levels }: Requirement): readonly (string | number)[] {
  const check = checkFor(id)
  const printed = [id, statement, levels.d1, levels.d2] as const
  if (!check) {
    const why = documentaryReason(id)
    return [...printed, why ? `Déclarée. ${why}` : 'Déclarée', '', 'Déclaration', DECLARED_FOR, '']
  }
  const freshness = Math.min(...check.needs.map((key) => definitionOf(key).freshnessHours))
  return [
    ...printed,
    'Automatique',
    lines(check.needs.map(code)),
    lines(labelsOf(check.needs)),
    days(freshness),
    check.version,
  ]
}

const REQUIREMENT_HEAD = [
  'Exigence',
  'Énoncé',
  'École',
  'Collège, lycée',
  'Réponse',
  'Clés de preuve',
  'Sources',
  'Fraîcheur',
  'Règle',
]

const serviceSection = ({ id, name, requirements }: Service): string =>
  [
    `### ${id} — ${name}`,
    `${requirements.filter((one) => isAutomatic(one.id)).length} automatiques sur ${requirements.length}.`,
    table(REQUIREMENT_HEAD, requirements.map(requirementRow)),
  ].join('\n\n')

const countOf = (requirements: readonly Requirement[]): readonly [number, number, number] => {
  const automatic = requirements.filter(({ id }) => isAutomatic(id)).length
  return [requirements.length, automatic, requirements.length - automatic]
}

const LEVELS = [
  ['E', 'exigé'],
  ['R', 'recommandé'],
  ['F', 'facultatif'],
] as const

const countsByLevel = (): string =>
  table(
    ['Niveau', 'Degré', 'Exigences', 'Automatiques', 'Déclarées'],
    LEVELS.flatMap(([level, word]) =>
      (['d1', 'd2'] as const).map((degree) => [
        `${level} (${word})`,
        degree === 'd1' ? 'premier' : 'second',
        ...countOf(REQUIREMENTS.filter(({ levels }) => levels[degree] === level)),
      ]),
    ),
  )

const countsByService = (): string =>
  table(
    ['Service', 'Exigences', 'Automatiques', 'Déclarées'],
    SERVICES.map(({ id, requirements }) => [id, ...countOf(requirements)]),
  )

function keyRow(key: EvidenceKey): readonly string[] {
  const { label, unit, freshnessHours } = definitionOf(key)
  const readers = CHECKS.filter(({ needs }) => needs.includes(key)).map(({ requirement }) => requirement)
  return [
    code(key),
    label,
    unit,
    days(freshnessHours),
    lines([...sourcesOf(key).map((source) => EVIDENCE_SOURCES[source].label), PUSHED]),
    readers.length > 0 ? lines(readers) : `Aucune : ${MEASURES[key] ?? ''}`,
  ]
}

/** Out: the document of the requirements, in Markdown: what answers each, from where, and for how long. */
export function requirementsDocument(): string {
  const automatic = CHECKS.length
  const collected = CHECKS.filter(({ needs }) => needs.every((key) => sourcesOf(key).length > 0)).length
  const total = REQUIREMENTS.length
  return `${[
    '# Exigences et preuves',
    `Ce document est écrit par un test, d’après le catalogue (${CATALOGUE_VERSION}) et les règles : il ne se modifie pas à la main. Pour l’écrire de nouveau après un changement : \`npm test -- test/architecture/requirements-document.test.ts -u\`.`,
    `**${total} exigences : ${automatic} automatiques, ${total - automatic} déclarées.** Les collecteurs fournis produisent toutes les clés de ${collected} des automatiques ; les autres attendent aussi un envoi direct.`,
    '- **Automatique** : une règle la juge sur des preuves datées. Elle peut aussi être déclarée ; si les deux diffèrent, c’est une contradiction.\n' +
      '- **Déclarée** : l’établissement répond, pièce à l’appui.\n' +
      '- **Fraîcheur** : durée au bout de laquelle la preuve la plus brève ne prouve plus rien, à compter de l’observation.\n' +
      '- **Sources** : ce qui produit ces clés. Toute clé peut aussi être envoyée telle quelle (`POST /v1/collect/evidence`) ; « Envoi direct » : une clé au moins n’arrive que par là.\n' +
      '- **Règle** : version de la règle. Elle augmente à chaque changement de ce que la règle lit, dit ou décide.\n' +
      '- **E** exigé, **R** recommandé, **F** facultatif.',
    '## Comptes',
    countsByLevel(),
    countsByService(),
    '## Exigences',
    ...SERVICES.map(serviceSection),
    '## Clés de preuve',
    table(
      ['Clé', 'Ce qui est mesuré', 'Unité', 'Fraîcheur', 'Sources', 'Exigences'],
      EVIDENCE_KEYS.map(keyRow),
    ),
  ].join('\n\n')}\n`
}
