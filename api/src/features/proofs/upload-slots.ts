import { AppError } from '../../errors.ts'
import type { UPLOADS } from './limits.ts'

/** Places for uploads under way in one process: the memory they may take is bounded by their number. */
export interface UploadSlots {
  /** Waits for a place. Out: what gives it back. Errors: `unavailable`, `too_many_requests`. */
  enter(person: string, signal?: AbortSignal): Promise<() => void>
}

interface Waiting {
  readonly person: string
  readonly admit: () => void
}

/** In: how many at once, per person, waiting, and for how many milliseconds at most. */
export function createUploadSlots(limits: { [K in keyof typeof UPLOADS]: number }): UploadSlots {
  const held = new Map<string, number>()
  const queue: Waiting[] = []
  let taken = 0
  const has = (person: string) => taken < limits.atOnce && (held.get(person) ?? 0) < limits.perPerson
  const take = (person: string): (() => void) => {
    taken += 1
    held.set(person, (held.get(person) ?? 0) + 1)
    let given = false
    return () => {
      if (given) return
      given = true
      taken -= 1
      const left = (held.get(person) ?? 1) - 1
      if (left === 0) held.delete(person)
      else held.set(person, left)
      const next = queue.findIndex((waiting) => has(waiting.person))
      if (next >= 0) queue.splice(next, 1)[0]?.admit()
    }
  }
  return {
    enter: async (person, signal) => {
      if (has(person)) return take(person)
      if (queue.length >= limits.waiting) throw busy()
      return new Promise((resolve, reject) => {
        const leave = (error: Error) => {
          clearTimeout(late)
          const at = queue.indexOf(waiting)
          if (at >= 0) queue.splice(at, 1)
          reject(error)
        }
        const waiting: Waiting = {
          person,
          admit: () => {
            clearTimeout(late)
            signal?.removeEventListener('abort', gone)
            resolve(take(person))
          },
        }
        const gone = () => leave(interrupted())
        const late = setTimeout(() => leave(busy()), limits.waitMs)
        signal?.addEventListener('abort', gone, { once: true })
        queue.push(waiting)
      })
    },
  }
}

const busy = () =>
  new AppError(
    'unavailable',
    'Beaucoup de fichiers arrivent en ce moment. Réessayez dans une minute : rien n’a été enregistré.',
    { retryAfterSeconds: 30 },
  )

/** The sender went away before the end; nobody reads this, and nothing was stored. */
export const interrupted = () =>
  new AppError('invalid_input', 'L’envoi du fichier s’est interrompu : rien n’a été enregistré. Recommencez.')
