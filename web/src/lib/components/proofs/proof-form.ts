import { typed } from '#lib/form-text.ts'

/** A proof that the establishment already holds. */
export interface HeldProof {
  readonly id: string
  readonly fileName: string
}

/** What the part of a form about proofs holds. */
export interface TypedProofs {
  readonly files: readonly File[]
  /** Already sent, and still wanted. */
  readonly held: readonly HeldProof[]
  readonly effectiveOn: string
}

/** In: a held proof. Out: the value of its box, from which both its id and its name are read back. */
export const boxValue = ({ id, fileName }: HeldProof): string => `${id}/${fileName}`

function heldProof(value: FormDataEntryValue): readonly HeldProof[] {
  const [, id, fileName] = (typeof value === 'string' && /^([0-9a-f-]{36})\/(.+)$/s.exec(value)) || []
  return id === undefined || fileName === undefined ? [] : [{ id, fileName }]
}

/** In: a form. Out: its files, and the proofs whose box is ticked. */
export const readProofs = (form: FormData): TypedProofs => ({
  files: form.getAll('fichiers').filter((value) => value instanceof File && value.size > 0) as File[],
  held: form.getAll('preuves').flatMap(heldProof),
  effectiveOn: typed(form, 'date-effet'),
})
