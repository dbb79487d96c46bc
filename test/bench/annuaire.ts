import { importAnnuaire } from '@vigie/api/features/annuaire/import-annuaire.ts'
import { annuaireLines } from '@vigie/api/features/demonstration/plan/annuaire-csv.ts'
import {
  planEtablissements,
  type PlannedEtablissement,
} from '@vigie/api/features/demonstration/plan/etablissements.ts'
import type { Database } from '@vigie/db'
import { uaiLetterOf } from '@vigie/rules'
import { contextOf, depsOn } from '../support/deps.ts'
import { aRandom } from '../support/clock.ts'

const ROWS = 70_000
const CHUNK_BYTES = 65_536

/** The fictional académie again and again, under UAI that no département has. */
function* manyEtablissements(): Generator<PlannedEtablissement> {
  const planned = planEtablissements()
  for (let at = 0; at < ROWS; at += 1) {
    const digits = String(9_900_000 + at)
    yield { ...planned[at % planned.length]!, uai: digits + uaiLetterOf(digits), mother: null }
  }
}

async function* bytesOf(lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  let chunk = ''
  for (const line of lines) {
    chunk += line
    if (chunk.length < CHUNK_BYTES) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  yield Buffer.from(chunk)
}

const MB = 1_048_576

/** Import of 70,000 establishments in one go, then the same file again; rows per second and memory. */
export async function benchAnnuaire(db: Database): Promise<{ name: string; lines: string[] }> {
  const lines: string[] = []
  for (const [title, seed] of [
    ['première lecture', 1],
    ['même fichier relu', 2],
  ] as const) {
    globalThis.gc?.()
    const memory = process.memoryUsage()
    let [heap, rss] = [memory.heapUsed, memory.rss]
    const start = performance.now()
    const report = await importAnnuaire(contextOf(depsOn(db, { random: aRandom(seed) })), {
      stream: bytesOf(annuaireLines(manyEtablissements())),
      fileName: 'annuaire.csv',
      onProgress: () => {
        const now = process.memoryUsage()
        heap = Math.max(heap, now.heapUsed)
        rss = Math.max(rss, now.rss)
      },
    })
    const seconds = (performance.now() - start) / 1_000
    lines.push(
      `${title} : ${report.rows.toLocaleString('fr-FR')} lignes en ${seconds.toFixed(1)} s, ${Math.round(report.rows / seconds).toLocaleString('fr-FR')} lignes/s ; ` +
        `${report.created} créés, ${report.unchanged} inchangés, ${report.refused} refusés`,
      `  mémoire de pointe : tas ${Math.round(heap / MB)} Mo, processus ${Math.round(rss / MB)} Mo${db.engine === 'pglite' ? ' (base embarquée comprise)' : ''}`,
    )
  }
  return { name: 'Import de l’annuaire', lines }
}
