/** In: a form and the name of a field. Out: what was typed, trimmed; empty when the field is absent. */
export function typed(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
