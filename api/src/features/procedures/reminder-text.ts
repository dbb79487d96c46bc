import { HOLDER_FUNCTION_LABELS, type HolderFunction } from '@vigie/rules'
import { longDay } from './convocation-text.ts'

/** What the direct superior reads, two weeks before the deadline, then once it is past. */
export function reminderText(
  dueOn: string,
  holder: { readonly displayName: string; readonly holderFunction: HolderFunction },
  which: 'before' | 'after',
): { subject: string; body: string } {
  const who = `${holder.displayName} (${HOLDER_FUNCTION_LABELS[holder.holderFunction]})`
  const late = which === 'after'
  return {
    subject: late
      ? `Clé OTP non restituée : départ de ${holder.displayName}`
      : `Clé OTP à reprendre avant le ${longDay(dueOn)} : départ de ${holder.displayName}`,
    body: [
      'Bonjour,',
      late
        ? `La clé OTP de ${who} devait être restituée le ${longDay(dueOn)} au plus tard. Elle ne l’est pas encore.`
        : `${who} quitte sa fonction. Sa clé OTP est à reprendre le ${longDay(dueOn)} au plus tard.`,
      'À faire dans Vigie : ouvrir la fiche de la clé, établir le bordereau de restitution, le faire signer, puis envoyer la clé à qui gère le stock. Les droits du porteur s’éteignent d’eux-mêmes.',
      'Si la clé est introuvable, déclarez-la perdue : elle cessera aussitôt de fonctionner.',
    ].join('\n\n'),
  }
}
