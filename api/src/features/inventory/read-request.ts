import { INVENTORY_BODY_LIMIT } from '@vigie/collectors'
import { AppError } from '../../errors.ts'

const tooLarge = () =>
  new AppError(
    'payload_too_large',
    'L’inventaire envoyé dépasse 8 Mio : vérifiez la configuration de l’agent.',
  )

/** In: a request. Out: its bytes. Errors: `payload_too_large` as soon as 8 MiB are passed. */
export async function readRequest(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > INVENTORY_BODY_LIMIT) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > INVENTORY_BODY_LIMIT) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
