import { localDay, requirementById, timeZoneOf } from '@vigie/rules'
import { longDay } from '../procedures/convocation-text.ts'

export interface ExpiringPlace {
  readonly uai: string
  readonly name: string
  readonly academie: string
}

interface Expiring {
  readonly requirement: string
  readonly expiresAt: Date
}

/** What the author and the head read, a month before their declarations expire, then a week before. */
export function reminderText(
  place: ExpiringPlace,
  declarations: readonly Expiring[],
  publicUrl: string | null,
): { subject: string; body: string } {
  const count = declarations.length
  const zone = timeZoneOf(place.academie)
  const lines = declarations
    .toSorted((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime())
    .map(
      ({ requirement, expiresAt }) =>
        `- jusqu’au ${longDay(localDay(expiresAt, zone))} : ${requirement}, ${requirementById(requirement)?.statement ?? ''}`,
    )
  const link = `${publicUrl ?? ''}/etablissements/${place.uai}/questionnaire`
  return {
    subject:
      count === 1
        ? `Une déclaration de ${place.name} arrive à échéance`
        : `${count} déclarations de ${place.name} arrivent à échéance`,
    body: [
      'Bonjour,',
      count === 1
        ? `Une déclaration de ${place.name} (${place.uai}) arrive au bout de ses douze mois. Passé ce jour, elle ne compte plus :`
        : `${count} déclarations de ${place.name} (${place.uai}) arrivent au bout de leurs douze mois. Passé ce jour, elles ne comptent plus :`,
      lines.join('\n'),
      'Si rien n’a changé, il suffit de les confirmer ; sinon, donnez la nouvelle réponse. Le questionnaire guidé vous les présente en premier :',
      publicUrl === null ? 'dans Vigie, page de l’établissement, « Répondre au questionnaire ».' : link,
    ].join('\n\n'),
  }
}
