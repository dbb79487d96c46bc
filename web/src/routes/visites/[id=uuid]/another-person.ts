import { json } from '@sveltejs/kit'

/** What a tablet kept for one person does not leave under the session of another: its author signs in again. */
export const anotherPerson = (): Response =>
  json({ detail: 'Une autre personne est connectée : reconnectez-vous sous votre compte.' }, { status: 401 })
