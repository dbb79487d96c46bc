import { readFileSync } from 'node:fs'
import { StartupError } from './startup-error.ts'

/**
 * In: a variable's name, its value, and the value of the variable of the same name that ends with `_FILE`. Out: the
 * secret, from whichever is given. Errors: `StartupError` when both are, or when the file cannot be read or is empty.
 */
export function secretOf(
  name: string,
  value: string | undefined,
  file: string | undefined,
): string | undefined {
  if (file === undefined) return value
  if (value !== undefined) {
    throw new StartupError(`${name} et ${name}_FILE sont donnés tous les deux : gardez-en un.`)
  }
  let content: string
  try {
    content = readFileSync(file, 'utf8').trim()
  } catch {
    throw new StartupError(`${name}_FILE : ${file} est introuvable ou illisible. Vérifiez ses droits.`)
  }
  if (!content) throw new StartupError(`${name}_FILE : ${file} est vide.`)
  return content
}
