import { InvalidArgumentError, Option } from 'commander'
import type { Perimeter } from '@vigie/db'
import { PERIMETER_KINDS } from '../access/roles.ts'

function parsePerimeter(text: string): Perimeter {
  const kind = PERIMETER_KINDS.find((known) => text.startsWith(`${known}:`))
  const code = kind ? text.slice(kind.length + 1) : ''
  if (!kind || !/^[^,\s]+$/.test(code)) {
    throw new InvalidArgumentError(
      `Écrivez genre:code, par exemple etablissement:0990001X. Genres : ${PERIMETER_KINDS.join(', ')}.`,
    )
  }
  return { kind, code }
}

/** `--perimeter academie:11`, which a command asks for. */
export const perimeterOption = () =>
  new Option('--perimeter <genre:code>', 'sur quoi, par exemple academie:11 ou etablissement:0990001X')
    .argParser(parsePerimeter)
    .makeOptionMandatory()
