import { InvalidArgumentError, type Command } from 'commander'
import { describeBreak } from '../journal/describe-break.ts'
import { proveJournal } from '../journal/prove-journal.ts'
import type { Anchor } from '../journal/verify-journal.ts'
import { EXIT } from '../startup-error.ts'
import type { OpenContext } from './open-context.ts'

function parseAnchor(text: string): Anchor {
  const [, sequence, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (!sequence || !hash)
    throw new InvalidArgumentError('Écrivez numéro:empreinte, tels qu’affichés par cette commande.')
  return { sequence: Number(sequence), hash }
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
        const { broken, ...counts } = await proveJournal(ctx, options.anchor ?? null)
        if (options.json) {
          console.log(JSON.stringify({ whole: broken === null, broken, ...counts }, null, 2))
        } else if (broken) {
          console.error(describeBreak(broken))
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
