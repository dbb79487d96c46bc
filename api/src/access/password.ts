import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../errors.ts'

/** Argon2id as OWASP's Password Storage Cheat Sheet asks: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const MINIMUM = 12
/** Beyond this, hashing only costs time. */
const MAXIMUM = 256

/** A login has one spelling: NFKC, lower case, no space around. */
export const foldLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase()

/** Errors: `invalid_input` naming the rule, when the password is too short, too long or holds the login. */
export function checkPassword(password: string, login: string): void {
  const detail =
    [...password].length < MINIMUM
      ? `Choisissez un mot de passe d’au moins ${MINIMUM} caractères ; une phrase convient bien.`
      : password.length > MAXIMUM
        ? `Choisissez un mot de passe d’au plus ${MAXIMUM} caractères.`
        : password.normalize('NFKC').toLowerCase().includes(foldLogin(login))
          ? 'Le mot de passe ne doit pas contenir l’identifiant.'
          : new Set(password).size < 5
            ? 'Choisissez un mot de passe plus varié : au moins cinq caractères différents.'
            : null
  if (detail) throw new AppError('invalid_input', detail, { errors: [{ pointer: '/password', detail }] })
}

/** PHC string of the password. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST)

let decoy: Promise<string> | null = null

/** Compared against when the login is unknown, so that both refusals take the same time. */
export const decoyHash = (): Promise<string> => (decoy ??= hashPassword('mot de passe de personne'))

export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  verify(stored, password.normalize('NFKC'))
