/** Why a form was refused, as a page shows it. */
export interface FormProblem {
  readonly detail: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[] | undefined
}

/** In: a refusal (or none) and a field's pointer. Out: what is wrong with that field, without the API's name for it. */
export function faultAt(problem: FormProblem | null, pointer: string): string | undefined {
  const detail = problem?.errors?.find((error) => error.pointer === pointer)?.detail
  if (detail === undefined) return undefined
  const words = detail.replace(/^[\w.]+ : /, '')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** In: what an action answered. Out: its refusal, null when it refused nothing. */
export function problemIn(form: unknown): FormProblem | null {
  if (typeof form !== 'object' || form === null || !('detail' in form)) return null
  const { detail } = form
  if (typeof detail !== 'string') return null
  const errors = 'errors' in form && Array.isArray(form.errors) ? (form.errors as FormProblem['errors']) : []
  return { detail, errors }
}
