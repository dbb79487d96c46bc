const FRENCH_DAY = new Intl.DateTimeFormat('fr-FR', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** In: a day, `YYYY-MM-DD`. Out: « vendredi 20 août 2027 ». */
export const longDay = (day: string): string =>
  FRENCH_DAY.format(new Date(`${day}T00:00:00Z`)).replace(' 1 ', ' 1er ')

/** What a newly appointed holder reads. */
export function convocationText(
  session: { readonly heldOn: string; readonly startsAt: string | null; readonly place: string },
  guest: { readonly display_name: string },
): { subject: string; body: string } {
  const at = session.startsAt ? ` à ${session.startsAt.replace(':', ' h ')}` : ''
  return {
    subject: `Convocation : remise de votre clé OTP le ${longDay(session.heldOn)}`,
    body: [
      `Bonjour ${guest.display_name},`,
      `Vous êtes convoqué à la remise de votre clé OTP le ${longDay(session.heldOn)}${at}.`,
      `Lieu : ${session.place}`,
      'Venez avec une pièce d’identité : la clé est nominative et se remet en main propre. Vous signerez un bordereau, choisirez un code PIN à quatre chiffres et essaierez un premier code. Personne ne doit connaître ce code PIN.',
      'Si vous ne pouvez pas venir, prévenez votre supérieur direct.',
    ].join('\n\n'),
  }
}
