import { InvalidArgumentError, type Command } from 'commander'
import { verifyJournal, type Anchor, type JournalBreak } from '../journal/verify-journal.ts'
import { EXIT } from '../startup-error.ts'
import type { OpenContext } from './open-context.ts'

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

function parseAnchor(text: string): Anchor {
  const [, sequence, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (!sequence || !hash)
    throw new InvalidArgumentError('Écrivez numéro:empreinte, tels qu’affichés par cette commande.')
  return { sequence: Number(sequence), hash }
}

function describe({ kind, sequence, entry }: JournalBreak): string {
  const where = [sequence === null ? '' : `lot ${sequence}`, entry === null ? '' : `ligne ${entry}`].filter(
    Boolean,
  )
  return `Journal rompu${where.length ? ` (${where.join(', ')})` : ''} : ${WORDS[kind]}.`
}

/** `vigie journal verify`: proves the journal whole, or names its first break. */
export const journalCommand = (program: Command, open: OpenContext): void => {
  program
    .command('journal')
    .description('vérifie le journal')
    .command('verify')
    .description('prouve que le journal est entier, ou nomme la première rupture (code de sortie 1)')
    .option('--json', 'écrit un objet JSON')
    .option(
      '--anchor <numéro:empreinte>',
      'vérifie aussi qu’un lot noté auparavant n’a pas changé',
      parseAnchor,
    )
    .action(async (options: { json?: true; anchor?: Anchor }) => {
      const { ctx, close } = await open()
      try {
        const { broken, ...counts } = await verifyJournal(ctx, options.anchor ?? null)
        if (options.json) {
          console.log(JSON.stringify({ whole: broken === null, broken, ...counts }, null, 2))
        } else if (broken) {
          console.error(describe(broken))
        } else {
          console.log(
            `Journal entier : ${counts.entries} lignes scellées en ${counts.batches} lots, ${counts.pending} en attente.`,
          )
          if (counts.head)
            console.log(`Repère à conserver ailleurs : ${counts.head.sequence}:${counts.head.hash}`)
        }
        if (broken) process.exitCode = EXIT.negative
      } finally {
        await close()
      }
    })
}
