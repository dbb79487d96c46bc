import { z } from '@hono/zod-openapi'
import { isRequirementId } from '@vigie/rules'

export const requirement = z
  .string()
  .refine(isRequirementId, { error: 'exigence inconnue : attendu un identifiant de CARINE, comme INF-PDT-8' })

export const uai = z.string()

export const verdict = z.enum(['compliant', 'partial', 'non_compliant', 'not_applicable'], {
  error: 'verdict : attendu compliant, partial, non_compliant ou not_applicable',
})

/** In: the name of a field and its least length. Out: a text that a person wrote for another, trimmed. */
export const writtenText = (name: string, min: number) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .trim()
    .min(min, { error: `${name} : au moins ${min} caractères, pour qu’un autre comprenne` })
    .max(4_000, { error: `${name} : au plus 4 000 caractères` })
    .refine((text) => !text.includes('\u0000'), { error: `${name} : sans caractère nul` })

export const instant = z.iso.datetime({
  offset: true,
  error: 'échéance : choisissez un jour (par l’API, avec l’heure et le fuseau : 2027-06-30T00:00:00Z)',
})

/** What whoever decides had before her: the `seen` of the requirement. */
export const seen = z
  .string({ error: 'seen : lisez l’exigence de l’établissement, et donnez son empreinte' })
  .max(64, { error: 'seen : attendu l’empreinte donnée avec l’exigence' })
  .openapi({
    description:
      'Empreinte du cas tel qu’il a été lu (`seen` de l’exigence) : la décision est refusée s’il a changé depuis',
  })

/** In: what a route asks. Out: what its verb takes: only a program that decides for itself has seen no page. */
export type Unseen<T extends { readonly seen: string }> = Omit<T, 'seen'> & {
  readonly seen?: string | undefined
}

export const requirementParams = z.object({ uai, requirement })
export const etablissementParams = z.object({ uai })
