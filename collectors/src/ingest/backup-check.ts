import type { CheckOutput } from './backup-fields.ts'
import type { CheckOutcome } from './backup-facts.ts'

/** A check that could not run says nothing of the repository. */
const COULD_NOT_RUN =
  /unable to create lock|already locked|failed to create\/acquire the lock|wrong password|no key found|passphrase|connection (refused|reset|closed)|timed? ?out|no such host|is there a repository|^repository .+ does not exist|no space left|permission denied|command not found|: not found$|network is unreachable|no route to host/im
/** A command that the shell did not find, or that a signal ended, writes nothing of the repository. */
const ENDED_FROM = 126

export interface CheckReading {
  readonly check: CheckOutcome | null
  readonly notes: readonly string[]
}

/**
 * In: how a check ended, and what its text must hold to prove that it found nothing, and that it read the data back.
 * Out: the check, or null when it could not run.
 */
export function readCheck(
  { finishedAt, exitCode, output }: CheckOutput,
  signs: { readonly sound: RegExp; readonly readsData: RegExp; readonly option: string },
): CheckReading {
  const sound = exitCode === 0 && signs.sound.test(output)
  if (!sound && (exitCode >= ENDED_FROM || COULD_NOT_RUN.test(output)))
    return {
      check: null,
      notes: [
        'La vérification n’a pas pu avoir lieu (dépôt verrouillé, injoignable ou illisible, commande absente ou arrêtée) : elle ne prouve rien.',
      ],
    }
  if (!sound && exitCode === 0)
    return {
      check: null,
      notes: [
        'La vérification ne dit pas ce qu’elle a trouvé : lancée sans son texte (« --quiet »), elle ne prouve rien.',
      ],
    }
  const kind = signs.readsData.test(output) ? 'data' : 'structure'
  const check: CheckOutcome = { kind, ok: sound, at: finishedAt }
  if (!sound) return { check, notes: ['La dernière vérification a trouvé des erreurs dans le dépôt.'] }
  return {
    check,
    notes:
      kind === 'data'
        ? []
        : [
            `La vérification n’a lu que l’index : sans ${signs.option}, elle ne prouve rien des données elles-mêmes.`,
          ],
  }
}
