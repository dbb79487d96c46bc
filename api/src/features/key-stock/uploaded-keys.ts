import { Buffer } from 'node:buffer'
import type { z } from '@hono/zod-openapi'
import type { KeyUpload } from './import-keys.ts'
import type { importForm } from './schema.ts'

type Form = Partial<z.infer<typeof importForm>>

/** In: the form of an import, empty when no body came. Out: what the verb takes; an absent file has no bytes. */
export async function uploadedKeys(form: Form): Promise<KeyUpload> {
  const { file, academie, departement, password, preSharedKey } = form
  return {
    bytes: file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(0),
    fileName: file?.name ?? '',
    academie: academie ?? '',
    departement,
    password,
    preSharedKey: preSharedKey === undefined ? undefined : new Uint8Array(Buffer.from(preSharedKey, 'hex')),
  }
}
