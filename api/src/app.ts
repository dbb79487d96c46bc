import type { Deps } from './context.ts'
import { AppError } from './errors.ts'
import { accountsRoutes } from './features/accounts/routes.ts'
import { assistanceRoutes } from './features/assistance/routes.ts'
import { arbitrationsRoutes } from './features/arbitrations/routes.ts'
import { backupsRoutes } from './features/backups/routes.ts'
import { bordereauxRoutes } from './features/bordereaux/routes.ts'
import { campaignFollowRoutes } from './features/campaigns/follow-routes.ts'
import { campaignsRoutes } from './features/campaigns/routes.ts'
import { catalogueRoutes } from './features/catalogue/routes.ts'
import { collectorAccountsRoutes } from './features/collector-accounts/routes.ts'
import { conformityRoutes } from './features/conformity/routes.ts'
import { connectorsRoutes } from './features/connectors/routes.ts'
import { declarationsRoutes } from './features/declarations/routes.ts'
import { deploymentRoutes } from './features/deployment/routes.ts'
import { derogationsRoutes } from './features/derogations/routes.ts'
import { disputesRoutes } from './features/disputes/routes.ts'
import { etablissementsRoutes } from './features/etablissements/routes.ts'
import { evidenceRoutes } from './features/evidence/routes.ts'
import { findingsRoutes } from './features/findings/routes.ts'
import { healthRoutes } from './features/health/routes.ts'
import { historyRoutes } from './features/history/routes.ts'
import { holdersRoutes } from './features/holders/routes.ts'
import { alertThresholdsRoutes } from './features/alert-thresholds/routes.ts'
import { alertsRoutes } from './features/incidents/alerts/routes.ts'
import { incidentRecipientsRoutes } from './features/incidents/recipients/routes.ts'
import { incidentsRoutes } from './features/incidents/routes.ts'
import { inventoryRoutes } from './features/inventory/routes.ts'
import { handOverRoutes } from './features/keys/hand-over-routes.ts'
import { keysRoutes } from './features/keys/routes.ts'
import { keyStockRoutes } from './features/key-stock/routes.ts'
import { liveRoutes } from './features/live/routes.ts'
import { logsRoutes } from './features/logs/routes.ts'
import { otpRoutes } from './features/otp/routes.ts'
import { overviewRoutes } from './features/overview/routes.ts'
import { ownKeyRoutes } from './features/own-key/routes.ts'
import { parcRoutes } from './features/parc/routes.ts'
import { proofsRoutes } from './features/proofs/routes.ts'
import { questionnaireRoutes } from './features/questionnaire/routes.ts'
import { proceduresRoutes } from './features/procedures/routes.ts'
import { handOverSessionsRoutes } from './features/procedures/session-routes.ts'
import { restoreTestsRoutes } from './features/restore-tests/routes.ts'
import { secondFactorRoutes } from './features/second-factor/routes.ts'
import { serviceStateRoutes } from './features/service-state/routes.ts'
import { reviewRoutes } from './features/review/routes.ts'
import { sessionsRoutes } from './features/sessions/routes.ts'
import { signingKeysRoutes } from './features/signing-keys/routes.ts'
import { targetsRoutes } from './features/targets/routes.ts'
import { frameworksRoutes } from './features/frameworks/routes.ts'
import { tokensRoutes } from './features/tokens/routes.ts'
import { visitsRoutes } from './features/visits/routes.ts'
import { wordRefusalsForAgents } from './http/agent-refusal.ts'
import { authenticate } from './http/authenticate.ts'
import { withContext, type Authenticator } from './http/authentication.ts'
import { limitBodies } from './http/body-limit.ts'
import { answerFailure } from './http/failures.ts'
import { observe } from './http/observe.ts'
import { documentApi } from './http/openapi.ts'
import { problemAnswer } from './http/problem.ts'
import { createRouter } from './http/router.ts'
import { securityHeaders } from './http/security-headers.ts'

/** The API: every feature chained on one router, so that `AppType` carries each route's types. */
export function createApp(deps: Deps, authenticator: Authenticator = authenticate) {
  const app = createRouter()
  app.onError(answerFailure(deps))
  app.notFound((c) => problemAnswer(c, new AppError('not_found', 'Cette adresse n’existe pas.')))
  app.use('*', observe(deps), securityHeaders(deps.config))
  app.use('/v1/collect/inventory', wordRefusalsForAgents)
  app.use('/v1/*', limitBodies(), withContext(deps, authenticator))
  documentApi(app)
  return app
    .route('/', catalogueRoutes)
    .route('/', overviewRoutes)
    .route('/', etablissementsRoutes)
    .route('/', conformityRoutes)
    .route('/', parcRoutes)
    .route('/', targetsRoutes)
    .route('/', serviceStateRoutes)
    .route('/', inventoryRoutes)
    .route('/', evidenceRoutes)
    .route('/', backupsRoutes)
    .route('/', restoreTestsRoutes)
    .route('/', signingKeysRoutes)
    .route('/', declarationsRoutes)
    .route('/', arbitrationsRoutes)
    .route('/', derogationsRoutes)
    .route('/', disputesRoutes)
    .route('/', reviewRoutes)
    .route('/', historyRoutes)
    .route('/', proofsRoutes)
    .route('/', questionnaireRoutes)
    .route('/', sessionsRoutes)
    .route('/', secondFactorRoutes)
    .route('/', accountsRoutes)
    .route('/', tokensRoutes)
    .route('/', frameworksRoutes)
    .route('/', collectorAccountsRoutes)
    .route('/', logsRoutes)
    .route('/', otpRoutes)
    .route('/', liveRoutes)
    .route('/', keyStockRoutes)
    .route('/', keysRoutes)
    .route('/', handOverRoutes)
    .route('/', holdersRoutes)
    .route('/', proceduresRoutes)
    .route('/', handOverSessionsRoutes)
    .route('/', assistanceRoutes)
    .route('/', ownKeyRoutes)
    .route('/', bordereauxRoutes)
    .route('/', deploymentRoutes)
    .route('/', connectorsRoutes)
    .route('/', alertsRoutes)
    .route('/', alertThresholdsRoutes)
    .route('/', incidentsRoutes)
    .route('/', incidentRecipientsRoutes)
    .route('/', campaignsRoutes)
    .route('/', campaignFollowRoutes)
    .route('/', visitsRoutes)
    .route('/', findingsRoutes)
    .route('/', healthRoutes(deps))
}

export type AppType = ReturnType<typeof createApp>
