import { deflateSync } from 'node:zlib'
import { createApp } from '@vigie/api'
import type { Database } from '@vigie/db'
import { aCollectorAccount, type CollectorCredentials } from '../support/collector-account.ts'
import { aRandom } from '../support/clock.ts'
import { depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aRecorded } from '../support/inventory.ts'

const GOAL = 40
const RECORDED_BYTES = 267_347
const ETABLISSEMENTS = 20
const MACHINES = 300
const CONCURRENCY = 6

/** The recorded machine at its recorded size: 825 packages, and the processes that fill the rest. */
function recordedSize(number: number): string {
  const software = Array.from(
    { length: 817 },
    (_, rank) =>
      `<SOFTWARES><ARCH>amd64</ARCH><FILESIZE>${rank * 1024}</FILESIZE><FROM>deb</FROM><NAME>paquet-${rank}</NAME><PUBLISHER>Debian</PUBLISHER><SYSTEM_CATEGORY>libs</SYSTEM_CATEGORY><VERSION>1.${rank % 7}-${rank === 0 ? number : 1}</VERSION></SOFTWARES>\n`,
  ).join('')
  const tail = String(number).padStart(6, '0')
  const xml = aRecorded('fusioninventory.xml')
    .replace('<SOFTWARES>', `${software}<SOFTWARES>`)
    .replaceAll('poste-demo', `poste-${tail}`)
    .replaceAll('00:00:5e:00:53:03', `00:00:5e:${tail.slice(0, 2)}:${tail.slice(2, 4)}:${tail.slice(4)}`)
  const process =
    '<PROCESSES><CMD>/usr/lib/demo/service --role=demo</CMD><PID>412</PID><TTY>?</TTY></PROCESSES>\n'
  const missing = Math.max(0, Math.floor((RECORDED_BYTES - Buffer.byteLength(xml)) / process.length))
  return xml.replace('<SOFTWARES>', `${process.repeat(missing)}<SOFTWARES>`)
}

async function timed(jobs: readonly (() => Promise<void>)[]): Promise<{ seconds: number; p95: number }> {
  const durations: number[] = []
  let next = 0
  const start = performance.now()
  const worker = async () => {
    for (let job = jobs[next++]; job; job = jobs[next++]) {
      const begun = performance.now()
      await job()
      durations.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  const p95 = durations.toSorted((a, b) => a - b)[Math.floor(durations.length * 0.95)] ?? 0
  return { seconds: (performance.now() - start) / 1_000, p95 }
}

/** Inventories of the recorded size through the whole API: new machines, then changed ones, then unchanged ones. */
export async function benchInventory(db: Database): Promise<{ name: string; lines: string[] }> {
  const accounts: CollectorCredentials[] = []
  for (let rank = 0; rank < ETABLISSEMENTS; rank += 1) {
    accounts.push(await aCollectorAccount(db, await anEtablissement().insert(db)))
  }
  const clock = { now: () => new Date() }
  const app = createApp(depsOn(db, { clock, random: aRandom(3) }))
  const send = (body: Uint8Array<ArrayBuffer>, account: CollectorCredentials) => async () => {
    const answer = await app.request('/v1/collect/inventory', {
      method: 'POST',
      body,
      headers: { Authorization: account.authorization },
    })
    if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${await answer.text()}`)
  }
  const pass = (change: (xml: string) => string) =>
    Array.from({ length: MACHINES }, (_, number) => {
      const body = new Uint8Array(deflateSync(change(recordedSize(number + 1))))
      return send(body, accounts[number % ETABLISSEMENTS]!)
    })
  const lines: string[] = []
  const measure = async (what: string, jobs: readonly (() => Promise<void>)[], goal: boolean) => {
    const { seconds, p95 } = await timed(jobs)
    const rate = jobs.length / seconds
    const verdict = goal ? `, ${rate >= GOAL ? 'atteint' : 'NON ATTEINT'} (but : ${GOAL}/s)` : ''
    lines.push(`${what} : ${rate.toFixed(1)} inventaires/s, p95 ${Math.round(p95)} ms${verdict}`)
  }
  const grown = (xml: string) =>
    xml.replace('<MEMORY>24105</MEMORY>', '<MEMORY>32768</MEMORY>').replace('1.1-1<', '1.1-2<')
  await measure(
    `Machines nouvelles (XML de ${Math.round(RECORDED_BYTES / 1000)} ko)`,
    pass((xml) => xml),
    true,
  )
  await measure('Machines changées', pass(grown), true)
  await measure('Machines inchangées', pass(grown), false)
  return { name: 'Réception des inventaires', lines }
}
