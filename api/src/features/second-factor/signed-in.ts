import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { AccountActor } from '../sessions/resume-session.ts'

/** The person who signed in with a password, whatever is pending. Errors: `unauthenticated`, `forbidden`. */
export function signedIn({ actor }: Context): AccountActor {
  if (actor.kind === 'account') return actor
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', 'Connectez-vous.')
  throw new AppError('forbidden', 'Un compte de service ne se connecte pas avec une clé.')
}
