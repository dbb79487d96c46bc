import { createHash } from 'node:crypto'
import type { createRouter } from './router.ts'
import { renderDocumentation, STYLE } from './documentation-page.ts'

type Router = ReturnType<typeof createRouter>

const DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'Vigie',
    version: '1',
    description:
      'Conformité CARINE des établissements, vérifiée sur preuves. Les refus suivent la RFC 9457 (application/problem+json).',
    license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
  },
  servers: [{ url: '/' }],
  security: [{ session: [] }, { jeton: [] }],
}

const CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** Adds `/v1/openapi.json` and `/v1/docs`, which loads nothing from anywhere. */
export function documentApi(app: Router): void {
  const schemes = {
    session: { type: 'apiKey', in: 'cookie', name: 'vigie_session', description: 'Session d’une personne' },
    jeton: { type: 'http', scheme: 'bearer', description: 'Jeton d’un compte de service' },
    collecte: { type: 'http', scheme: 'basic', description: 'Compte de collecte d’un établissement' },
  } as const
  for (const [name, scheme] of Object.entries(schemes)) {
    app.openAPIRegistry.registerComponent('securitySchemes', name, scheme)
  }
  app.doc31('/v1/openapi.json', DOCUMENT)
  app.get('/v1/docs', (c) =>
    c.html(renderDocumentation(app.getOpenAPI31Document(DOCUMENT)), 200, { 'Content-Security-Policy': CSP }),
  )
}
