import { academieName, departementName } from '../etablissements/labels.ts'
import { dayInWords } from './calendar.ts'
import type { Figures } from './schema.ts'

/** Figures of one département, as frozen. */
export type DepartementFigures = Figures & { readonly departement: string }

export interface WeeklyReport {
  readonly academie: string
  readonly friday: string
  /** When it was counted, if later than that Friday; null otherwise. */
  readonly countedOn: string | null
  readonly rows: readonly DepartementFigures[]
  /** The report before this one; null for the first. */
  readonly previous: { readonly friday: string; readonly rows: readonly DepartementFigures[] } | null
  /** Address of the page of the deployment; null when Vigie does not know its own. */
  readonly page: string | null
}

const NAMES: readonly (keyof Figures)[] = ['activated', 'handedToDirecteurs', 'activatedByDirecteurs']
const HEADS = ['Activées', 'Remises aux directeurs', 'dont activées']

const totalOf = (rows: readonly Figures[], name: keyof Figures): number =>
  rows.reduce((sum, row) => sum + row[name], 0)

/** « + 12 », « − 3 », « = ». */
const change = (now: number, before: number): string =>
  now === before ? '=' : `${now > before ? '+' : '−'} ${Math.abs(now - before)}`

function cell(report: WeeklyReport, departement: string | null, name: keyof Figures): string {
  const of = (rows: readonly DepartementFigures[]) =>
    totalOf(
      rows.filter((row) => departement === null || row.departement === departement),
      name,
    )
  const now = of(report.rows)
  return report.previous ? `${now} (${change(now, of(report.previous.rows))})` : String(now)
}

function table(report: WeeklyReport): string {
  const lines = [
    ['Département', ...HEADS],
    ...report.rows.map(({ departement }) => [
      `${departementName(departement)} (${departement})`,
      ...NAMES.map((name) => cell(report, departement, name)),
    ]),
    ['Académie', ...NAMES.map((name) => cell(report, null, name))],
  ]
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  const drawn = lines.map((line) =>
    line
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('   '),
  )
  const rule = '-'.repeat(drawn[0]?.length ?? 0)
  return [drawn[0], rule, ...drawn.slice(1, -1), rule, drawn.at(-1)].join('\n')
}

const counted = (count: number, one: string, many: string): string => `${count} ${count > 1 ? many : one}`

function trend({ previous, rows }: WeeklyReport): string {
  if (!previous) return 'C’est le premier relevé : la comparaison viendra avec le suivant.'
  const gained = totalOf(rows, 'activated') - totalOf(previous.rows, 'activated')
  const since = `depuis le relevé du ${dayInWords(previous.friday)}`
  if (gained === 0) return `Le nombre de clés activées n’a pas changé ${since}.`
  return gained > 0
    ? `Cela fait ${counted(gained, 'clé activée', 'clés activées')} de plus ${since}.`
    : `Cela fait ${counted(-gained, 'clé activée', 'clés activées')} de moins ${since}.`
}

/** In: the frozen figures. Out: the message of the Friday, in plain French. */
export function reportText(report: WeeklyReport): { subject: string; body: string } {
  const name = academieName(report.academie)
  const day = dayInWords(report.friday)
  const total = (key: keyof Figures) => totalOf(report.rows, key)
  const handed = total('handedToDirecteurs')
  const paragraphs = [
    'Bonjour,',
    `${name}, relevé du vendredi ${day} : ${counted(total('activated'), 'clé activée', 'clés activées')} ; ` +
      `${counted(handed, 'clé remise à un directeur d’école', 'clés remises à des directeurs d’école')}, ` +
      `dont ${counted(total('activatedByDirecteurs'), 'activée', 'activées')}.`,
    trend(report),
    ...(report.countedOn === null
      ? []
      : [`Les clés ont été comptées le ${dayInWords(report.countedOn)}, et non le vendredi même.`]),
    table(report),
    ...(report.previous
      ? [`Entre parenthèses, l’écart avec le relevé du ${dayInWords(report.previous.friday)}.`]
      : []),
    'Une clé activée a un code PIN, un premier code accepté, et elle est toujours chez son porteur, même suspendue ou verrouillée. ' +
      'Une clé remise est en main d’un directeur d’école, activée ou non. Les clés logicielles ne sont pas comptées.',
    ...(report.page === null ? [] : [`Le détail et la tendance : ${report.page}`]),
    'Ce message est envoyé chaque vendredi par Vigie. Pour ne plus le recevoir, demandez-le à la division informatique de l’académie.',
  ]
  return { subject: `Clés OTP, ${name} : relevé du vendredi ${day}`, body: `${paragraphs.join('\n\n')}\n` }
}
