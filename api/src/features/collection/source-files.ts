import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { z } from 'zod'
import { AppError } from '../../errors.ts'

/** In: a path. Out: its text. Errors: `invalid_input` naming the path, never its content. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new AppError(
      'invalid_input',
      `Le fichier ${file} ne peut pas être lu. Vérifiez son nom et ses droits.`,
    )
  }
}

/** A secret or a certificate: the text of a file relative to `directory`, its end of line taken off. */
export const readSecret = async (directory: string, file: string): Promise<string> =>
  (await readText(resolve(directory, file))).trim()

/** The same, null when the source names no file. */
export const readOptional = async (directory: string, file: string | undefined): Promise<string | null> =>
  file === undefined ? null : readSecret(directory, file)

/** In: a path. Out: its JSON. Errors: `invalid_input`. */
export async function readJson(file: string): Promise<unknown> {
  const text = await readText(file)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new AppError('invalid_input', `Le fichier ${file} n’est pas du JSON valide.`)
  }
}

/** In: what was read, and its name in messages. Out: what the schema makes of it. Errors: `invalid_input` naming each fault. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, name: string): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new AppError('invalid_input', `${name} contient des valeurs incorrectes.`, {
    errors: result.error.issues.map((issue) => ({
      pointer: `/${issue.path.map(String).join('/')}`,
      detail: issue.message,
    })),
  })
}
