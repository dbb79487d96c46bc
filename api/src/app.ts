import type { Deps } from './context.ts'
import { AppError } from './errors.ts'
import { catalogueRoutes } from './features/catalogue/routes.ts'
import { conformityRoutes } from './features/conformity/routes.ts'
import { etablissementsRoutes } from './features/etablissements/routes.ts'
import { overviewRoutes } from './features/overview/routes.ts'
import { withContext, type Authenticator } from './http/authentication.ts'
import { problemAnswer } from './http/problem.ts'
import { createRouter } from './http/router.ts'

/** The API: every feature chained on one router, so that `AppType` carries each route's types. */
export function createApp(deps: Deps, authenticate: Authenticator) {
  const app = createRouter()
  app.onError((error, c) => {
    if (error instanceof AppError) return problemAnswer(c, error)
    deps.log.error({ err: error, requestId: c.get('ctx')?.requestId }, 'unexpected failure')
    return problemAnswer(
      c,
      new AppError('unavailable', 'Une erreur inattendue est survenue. Réessayez plus tard.'),
    )
  })
  app.notFound((c) => problemAnswer(c, new AppError('not_found', 'Cette adresse n’existe pas.')))
  app.use('/v1/*', withContext(deps, authenticate))
  return app
    .route('/', catalogueRoutes)
    .route('/', overviewRoutes)
    .route('/', etablissementsRoutes)
    .route('/', conformityRoutes)
}

export type AppType = ReturnType<typeof createApp>
