import { readTable } from './csv-table.ts'

/** One line of a batch of bindings: a key, and the login of its holder to be. */
export interface BindingRecord {
  readonly serial: string
  readonly login: string
}

export type BindingLine =
  | { readonly kind: 'record'; readonly line: number; readonly record: BindingRecord }
  | { readonly kind: 'refused'; readonly line: number; readonly field: string; readonly reason: string }

const SERIAL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/**
 * Reads a batch of bindings (columns `serie` and `identifiant`) as it streams; a key or a holder named twice is refused
 * at its second line. Errors: `FileRefusal` when the file as a whole cannot be read.
 */
export async function* readBindings(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<BindingLine> {
  const serials = new Map<string, number>()
  const logins = new Map<string, number>()
  for await (const row of readTable(chunks, ['serie', 'identifiant'])) {
    const { line } = row
    const serial = row.cell('serie')
    const login = row.cell('identifiant')
    const refused = (field: string, reason: string): BindingLine => ({ kind: 'refused', line, field, reason })
    const folded = login.normalize('NFKC').toLowerCase()
    const sameSerial = serials.get(serial)
    const sameLogin = logins.get(folded)
    if (!SERIAL.test(serial)) {
      yield refused('serie', 'numéro de série absent ou mal formé : recopiez celui qui est gravé sur la clé')
    } else if (login === '' || login.length > 120 || login.includes('\0')) {
      yield refused('identifiant', 'identifiant absent ou mal formé : celui de la fiche du porteur')
    } else if (sameSerial !== undefined) {
      yield refused('serie', `déjà donnée ligne ${sameSerial} : gardez une seule ligne par clé`)
    } else if (sameLogin !== undefined) {
      yield refused('identifiant', `déjà donné ligne ${sameLogin} : une personne ne tient qu’une clé`)
    } else {
      serials.set(serial, line)
      logins.set(folded, line)
      yield { kind: 'record', line, record: { serial, login } }
    }
  }
}
