import type { JournalBreak } from './verify-journal.ts'

const WORDS: Readonly<Record<JournalBreak['kind'], string>> = {
  entry_modified: 'une ligne a été modifiée après son scellement',
  entry_removed: 'une ligne scellée a disparu, ou sa date a changé',
  entry_duplicated: 'une ligne scellée existe en double',
  entry_inserted: 'une ligne n’est ni scellée ni en attente : elle a été insérée, ou son lot a été effacé',
  pending_entry_removed: 'une ligne en attente de scellement a disparu',
  batch_missing: 'un lot a disparu',
  batch_chain: 'un lot ne suit pas celui qui le précède',
  batch_hash: 'le contenu d’un lot ne correspond pas à son empreinte',
  batch_mac: 'un lot n’a pas été scellé par cette clé maîtresse : il est forgé',
  batch_key: 'un lot est scellé sous une autre clé maîtresse',
  anchor: 'le lot noté comme repère manque ou a changé',
}

/** In: the first break of the journal. Out: one French sentence that names it. */
export function describeBreak({ kind, sequence, entry }: JournalBreak): string {
  const where = [sequence === null ? '' : `lot ${sequence}`, entry === null ? '' : `ligne ${entry}`].filter(
    Boolean,
  )
  return `Journal rompu${where.length ? ` (${where.join(', ')})` : ''} : ${WORDS[kind]}.`
}
