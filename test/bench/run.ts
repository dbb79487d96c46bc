import { openBenchDatabase } from './database.ts'

export interface BenchResult {
  readonly name: string
  readonly lines: readonly string[]
}

const onDatabase =
  (load: () => Promise<(db: Awaited<ReturnType<typeof openBenchDatabase>>) => Promise<BenchResult>>) =>
  async (): Promise<BenchResult> => {
    const bench = await load()
    const db = await openBenchDatabase(process.env['DATABASE_URL'])
    try {
      return await bench(db)
    } finally {
      await db.close()
    }
  }

const BENCHES: Readonly<Record<string, () => Promise<BenchResult>>> = {
  rules: async () => (await import('./evaluation.ts')).benchEvaluation(),
  annuaire: onDatabase(async () => (await import('./annuaire.ts')).benchAnnuaire),
  evaluate: onDatabase(async () => (await import('./evaluate.ts')).benchEvaluate),
  inventory: onDatabase(async () => (await import('./inventory.ts')).benchInventory),
  metrics: onDatabase(async () => (await import('./metrics.ts')).benchMetrics),
  otp: async () => {
    const url = process.env['DATABASE_URL']
    return url
      ? (await import('./otp.ts')).benchOtp(url)
      : {
          name: 'Vérification des codes',
          lines: ['laissée de côté : elle demande un serveur PostgreSQL (DATABASE_URL).'],
        }
  },
  live: async () => {
    const url = process.env['DATABASE_URL']
    return url
      ? (await import('./live.ts')).benchLive(url)
      : {
          name: 'Vérification des codes, avec des flux ouverts',
          lines: ['laissée de côté : elle demande un serveur PostgreSQL (DATABASE_URL).'],
        }
  },
  campaigns: onDatabase(async () => (await import('./campaigns.ts')).benchCampaigns),
  review: onDatabase(async () => (await import('./review.ts')).benchReview),
  overview: onDatabase(async () => (await import('./overview.ts')).benchOverview),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name))
if (unknown.length > 0) {
  console.error(`Mesure inconnue : ${unknown.join(', ')}. Mesures : ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}
console.log(
  `Moteur : ${process.env['DATABASE_URL'] ? 'PostgreSQL (DATABASE_URL)' : 'PGlite embarqué ; DATABASE_URL=… mesure PostgreSQL'}`,
)
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
  const result = await BENCHES[name]!()
  console.log(`\n${result.name}`)
  for (const line of result.lines) console.log(`  ${line}`)
}
