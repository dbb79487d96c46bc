import { CsvError } from 'csv-parse'

/** A file that cannot be read as a table at all: nothing of it is kept. `reason` is French and says the remedy. */
export class FileRefusal extends Error {
  readonly line: number | null
  readonly reason: string

  constructor(reason: string, line: number | null = null) {
    super(line === null ? reason : `ligne ${line} : ${reason}`)
    this.line = line
    this.reason = reason
  }
}

export const NOT_UTF8 =
  'le fichier n’est pas encodé en UTF-8 (il vient sans doute d’un tableur, en Latin-1 ou Windows-1252). Enregistrez-le au format « CSV UTF-8 », puis relancez l’import.'

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'un guillemet ouvert n’est jamais refermé. Ajoutez le guillemet manquant.',
  CSV_INVALID_CLOSING_QUOTE:
    'un guillemet est mal placé. Un champ entre guillemets doit être suivi du séparateur ; doublez les guillemets du texte.',
  INVALID_OPENING_QUOTE:
    'un guillemet apparaît au milieu d’un champ. Mettez le champ entier entre guillemets et doublez ceux du texte.',
  CSV_RECORD_INCONSISTENT_COLUMNS:
    'le nombre de colonnes diffère de celui de l’en-tête. Vérifiez les séparateurs et les guillemets de cette ligne.',
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH:
    'le nombre de colonnes diffère de celui de l’en-tête. Vérifiez les séparateurs et les guillemets de cette ligne.',
  CSV_MAX_RECORD_SIZE:
    'la ligne dépasse la taille permise ; un guillemet n’est sans doute pas refermé avant elle.',
}

/** In: what reading threw. Out: the refusal it stands for, or the error itself when it is not about the file. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const line = typeof error['lines'] === 'number' ? error['lines'] : null
  return new FileRefusal(REASONS[error.code] ?? 'la ligne n’est pas du CSV valide.', line)
}
