import { mairieLogin, type HolderFunction } from '@vigie/rules'
import { foldLogin } from '../../access/password.ts'
import { AppError, type InputFault } from '../../errors.ts'

/** A holder as a form or a file gives it; what is absent is derived where it can be. */
export interface HolderInput {
  readonly function: HolderFunction
  /** Named holders: the login of the académie's directory, or the matricule. */
  readonly login?: string | undefined
  readonly displayName?: string | undefined
  readonly uai?: string | undefined
  readonly circonscription?: string | undefined
  readonly departement?: string | undefined
  /** Mairie: INSEE code of the commune. */
  readonly communeCode?: string | undefined
  /** Mairie: rank of the key, from 1. */
  readonly orderNumber?: number | undefined
  readonly mail?: string | undefined
  readonly callBackNumber?: string | undefined
  readonly company?: string | undefined
}

export const fault = (pointer: string, detail: string): AppError =>
  new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })

/** What a function must be given: a directeur has a school, an inspector a circonscription, a mairie a commune. */
export function holderFault(input: HolderInput): InputFault | null {
  const missing = (pointer: string, detail: string) => ({ pointer, detail })
  if (input.function === 'mairie')
    return input.communeCode ? null : missing('/communeCode', 'Donnez le code INSEE de la commune.')
  if (!input.login) return missing('/login', 'Donnez l’identifiant du porteur dans l’annuaire de l’académie.')
  if (!input.displayName) return missing('/displayName', 'Donnez le nom et le prénom du porteur.')
  switch (input.function) {
    case 'directeur_ecole':
    case 'enseignant':
    case 'chef_etablissement':
      return input.uai ? null : missing('/uai', 'Donnez l’UAI de l’établissement du porteur.')
    case 'ien':
      return input.circonscription
        ? null
        : missing('/circonscription', 'Donnez le code de la circonscription de l’inspecteur.')
    default:
      return null
  }
}

/** One spelling of the login, whatever was typed: a mairie's comes from its commune and its order number. */
export const loginOf = (input: HolderInput): string =>
  foldLogin(
    input.function === 'mairie'
      ? mairieLogin(input.communeCode ?? '', input.orderNumber ?? 1)
      : (input.login ?? ''),
  )
