import { FileRefusal } from '@vigie/collectors'
import { AppError } from '../../errors.ts'

const MAX_BYTES = 1024 * 1024

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/**
 * In: the `file` part of a form, and what reads its bytes. Out: what was read. Errors: `invalid_input` when there is no
 * file, or when it cannot be read as a table at all; `payload_too_large`.
 */
export async function readUploaded<Line>(
  part: unknown,
  read: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Line>,
): Promise<Line[]> {
  if (!(part instanceof File)) {
    const detail = 'Joignez le fichier CSV dans le champ « file ».'
    throw new AppError('invalid_input', detail, { errors: [{ pointer: '/file', detail }] })
  }
  if (part.size > MAX_BYTES)
    throw new AppError('payload_too_large', 'Le fichier dépasse 1 Mio : découpez-le en plusieurs.')
  const lines: Line[] = []
  try {
    for await (const line of read(once(new Uint8Array(await part.arrayBuffer())))) lines.push(line)
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    throw new AppError('invalid_input', `Le fichier ne peut pas être lu : ${error.reason}`, {
      errors: [{ pointer: error.line === null ? '/file' : `ligne ${error.line}`, detail: error.reason }],
    })
  }
  return lines
}
