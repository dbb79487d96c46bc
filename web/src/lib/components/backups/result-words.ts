import type { RestoreTest } from './backup-view.ts'

/** How the result of a restore test is said, and its sign. */
export const RESULT_WORDS: Readonly<
  Record<
    RestoreTest['result'],
    {
      readonly label: string
      readonly help: string
      readonly sign: 'compliant' | 'partial' | 'non_compliant'
    }
  >
> = {
  success: { label: 'Réussi', help: 'Tout est revenu, et se lit.', sign: 'compliant' },
  partial: { label: 'En partie', help: 'Il manque quelque chose, ou c’est différent.', sign: 'partial' },
  failure: { label: 'Échoué', help: 'Rien d’utilisable n’est revenu.', sign: 'non_compliant' },
}
