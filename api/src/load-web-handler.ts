import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { WebHandler } from './server.ts'
import { PROJECT_ROOT, type Environment } from './settings.ts'

const BUILT = join(PROJECT_ROOT, 'web', 'build', 'handler.js')

/**
 * The built screens (`@vigie/web/handler`), or null when they are not built. They read their settings from the
 * environment while they load, so it is completed first.
 */
export async function loadWebHandler(environment: Environment, apiUrl: string): Promise<WebHandler | null> {
  if (!existsSync(BUILT)) return null
  environment['VIGIE_API_URL'] = apiUrl
  environment['PROTOCOL_HEADER'] ??= 'x-forwarded-proto'
  environment['HOST_HEADER'] ??= 'x-forwarded-host'
  environment['ADDRESS_HEADER'] ??= 'x-forwarded-for'
  environment['BODY_SIZE_LIMIT'] ??= '34M'
  const { handler } = (await import(pathToFileURL(BUILT).href)) as { handler: WebHandler }
  return handler
}
