import type { Command } from 'commander'
import { AppError } from '../errors.ts'
import { hasDemonstrationAccounts } from '../features/accounts/has-demonstration-accounts.ts'
import { buildDemonstration } from '../features/demonstration/build-demonstration.ts'
import { listDemonstrationAccounts } from '../features/demonstration/people.ts'
import { readCollectFile } from '../features/collection/collect-file.ts'
import type { CollectionSource } from '../features/collection/collection-source.ts'
import { prometheusSection } from '../features/collection/sources/prometheus.ts'
import { scrapeOf } from '../features/health/scrape.ts'
import { startJobs } from '../jobs/index.ts'
import { loadWebHandler } from '../load-web-handler.ts'
import { startMetricsListener, type MetricsListener } from '../metrics-listener.ts'
import { refuseTakenPort, startServer } from '../server.ts'
import { StartupError } from '../startup-error.ts'
import { openSyslogListener } from '../syslog-listener/open-syslog-listener.ts'
import type { SyslogListener } from '../syslog-listener/listener.ts'
import { demonstrationBanner } from './demonstration-banner.ts'
import type { CommandContext, OpenContext } from './open-context.ts'

/**
 * Resolves at the first request to stop. Others follow it: systemd and terminals tell every process of a group, and the
 * launcher passes on what it is told. They must not end what the first one lets finish.
 */
const stopRequested = (): Promise<void> =>
  new Promise((resolve) => {
    process.on('SIGTERM', () => resolve())
    process.on('SIGINT', () => resolve())
  })

async function refuseDemonstration({ ctx }: CommandContext): Promise<void> {
  if (await hasDemonstrationAccounts(ctx)) {
    throw new StartupError(
      'Cette base contient des comptes de démonstration : la production ne démarre pas avec eux. ' +
        'Partez d’une base neuve, ou retirez VIGIE_PRODUCTION.',
    )
  }
}

/** Builds the demonstration in an empty database; one that holds other establishments is left as it is. */
async function prepareDemonstration({ ctx }: CommandContext): Promise<void> {
  try {
    await buildDemonstration(ctx, ({ done, total, stage }) => {
      console.log(`Démonstration ${String(done).padStart(String(total).length)}/${total} : ${stage}`)
    })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error
    console.log(error.detail)
  }
}

async function welcome({ ctx }: CommandContext, address: string): Promise<string> {
  return (await hasDemonstrationAccounts(ctx))
    ? demonstrationBanner(address, listDemonstrationAccounts())
    : `Vigie est prête : ${address}`
}

async function serve(open: OpenContext, options: { demo?: true }): Promise<void> {
  const settings = open.settings()
  const collectFile = open.environment['VIGIE_COLLECT_FILE']?.trim()
  const sources = collectFile ? await readCollectFile(collectFile) : []
  const stopped = stopRequested()
  await refuseTakenPort(settings.port, settings.host)
  const opened = knowing(sources, await open())
  try {
    if (settings.production) await refuseDemonstration(opened)
    if (options.demo) await prepareDemonstration(opened)
    const server = await startServer(opened.ctx, {
      port: settings.port,
      host: settings.host,
      loadWebHandler: async (apiUrl) => {
        const web = await loadWebHandler(open.environment, apiUrl)
        if (!web) console.log('Les pages ne sont pas construites (npm run build) : seule l’API est servie.')
        return web
      },
    })
    let metrics: MetricsListener | null = null
    let syslog: SyslogListener | null = null
    try {
      if (settings.metricsListen) metrics = await startMetricsListener(opened.ctx, settings.metricsListen)
      if (settings.syslog) syslog = await openSyslogListener(opened.ctx, settings.syslog)
      void scrapeOf(opened.ctx).prepare()
      const jobs = await startJobs(opened.ctx, { sources })
      console.log(await welcome(opened, settings.publicUrl ?? server.url))
      await stopped
      console.log('Arrêt demandé : les demandes en cours se terminent.')
      await Promise.all([syslog?.close(), jobs.stop()])
      syslog = null
    } finally {
      await syslog?.close()
      await metrics?.close()
      await server.close()
    }
  } finally {
    await opened.close()
  }
}

/** The screens say whether a Prometheus is read: a collection file may name other systems only. */
const knowing = (sources: readonly CollectionSource[], opened: CommandContext): CommandContext => ({
  ...opened,
  ctx: {
    ...opened.ctx,
    config: {
      ...opened.ctx.config,
      readsPrometheus: sources.some(({ section }) => section === prometheusSection.name),
    },
  },
})

const VARIABLES = `
Variables d’environnement :
  VIGIE_PORT             port d’écoute (8600)
  VIGIE_HOST             adresse d’écoute (127.0.0.1)
  VIGIE_DATA_DIR         dossier des données de la base embarquée (.vigie)
  DATABASE_URL           serveur PostgreSQL 15 ou plus récent, à la place de la base embarquée
  VIGIE_PUBLIC_URL       adresse que voient les navigateurs ; en https, les cookies deviennent Secure
  VIGIE_PRODUCTION       1 : exige une clé maîtresse et refuse les comptes de démonstration
  VIGIE_MASTER_KEY_FILE  fichier de la clé maîtresse, 32 octets
  VIGIE_FORMER_MASTER_KEY_FILES  clés maîtresses remplacées, séparées par « : »
  VIGIE_HOLDER_RETENTION_MONTHS  mois pendant lesquels le nom d’un porteur parti est gardé (24)
  VIGIE_COLLECT_FILE     fichier JSON des systèmes à interroger (Prometheus, annuaires…) ; absent, aucun ne l’est
  VIGIE_RESERVED_NETWORKS  réseaux et domaines que seule l’académie fait surveiller (10.1.0.0/16, ac-exemple.fr)
  VIGIE_SMTP_URL         serveur de messagerie (smtp://… ou smtps://…) ; absent, les messages attendent
  VIGIE_MAIL_FROM        adresse d’expédition des messages, par exemple vigie@exemple.fr
  VIGIE_METRICS_TOKEN    jeton que Prometheus présente à /metrics ; absent, /metrics est fermé
  VIGIE_METRICS_LISTEN   adresse:port qui donne aussi les mesures, sans jeton sur 127.0.0.1 ; absent, aucune
  VIGIE_SYSLOG_LISTEN    adresse:port qui reçoit les journaux des machines, en TLS ; absent, aucun n’est reçu
  VIGIE_SYSLOG_TLS_CERT_FILE, VIGIE_SYSLOG_TLS_KEY_FILE, VIGIE_SYSLOG_TLS_CA_FILE  certificat et clé du récepteur,
                         autorité des certificats que les machines présentent (PEM)
  VIGIE_METRICS_ETABLISSEMENTS  oui : /metrics porte aussi les mesures de chaque établissement (non)
  DATABASE_URL_FILE, VIGIE_SMTP_URL_FILE, VIGIE_METRICS_TOKEN_FILE  fichiers où lire ces secrets
  VIGIE_LOG_LEVEL        fatal, error, warn, info, debug, trace ou silent (info)`

/** `vigie serve`: the API, the screens and the jobs, in one process on one port. */
export const serveCommand = (program: Command, open: OpenContext): void => {
  program
    .command('serve')
    .description('démarre Vigie : les pages, l’API et les tâches de fond, sur un seul port')
    .option('--demo', 'construit d’abord une académie fictive, si la base est vide')
    .addHelpText('after', VARIABLES)
    .action((options: { demo?: true }) => serve(open, options))
}
