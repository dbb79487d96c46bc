import { homeOf, type Me } from './account.ts'
import { localPath } from './url-state.ts'

/** Pages on which a sign-in is finished. */
const STEPS = { code: '/connexion/code', enrolment: '/connexion/cle' } as const

/** In: who signed in, and where that person was going. Out: the page of what is left to do, else that place. */
export function nextPlace(me: Me, target: string): string {
  const wanted = target ? localPath(target) : ''
  if (!me.pending) return wanted || homeOf(me)
  return STEPS[me.pending] + (wanted && wanted !== '/' ? `?vers=${encodeURIComponent(wanted)}` : '')
}
