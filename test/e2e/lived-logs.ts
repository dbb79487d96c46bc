import { randomUUID } from 'node:crypto'
import type { Deps } from '@vigie/api/context'
import { schema } from '@vigie/db'
import { anEtablissement } from '../support/etablissement.ts'
import { aPerson } from '../support/e2e-server.ts'

const WORKER = { role: 'vigie_worker' } as const
const HOUR = 3_600_000
const DAY = 24 * HOUR

type Source = typeof schema.logSource.$inferInsert

/** A collège whose four sources stand differently, an école without any, and who looks at them. */
export async function aJournalledAcademie(deps: Deps) {
  const now = deps.clock.now().getTime()
  const uai = await anEtablissement().college().with({ name: 'Collège des Tilleuls' }).insert(deps.db)
  const quiet = await anEtablissement().with({ name: 'École des Peupliers' }).insert(deps.db)
  const ago = (ms: number) => new Date(now - ms)
  const source = (label: string, certificateName: string, more: Partial<Source> = {}): Source => ({
    ...{ id: randomUUID(), uai, label, certificateName, createdAt: ago(200 * DAY), createdBy: randomUUID() },
    ...more,
  })
  const sources = [
    source('Serveur pédagogique', 'pedagogique.tilleuls.exemple.fr', { lastMessageAt: ago(3 * 60_000) }),
    source('Serveur de messagerie', 'courrier.tilleuls.exemple.fr', { lastMessageAt: ago(40 * 60_000) }),
    source('Pare-feu', 'pare-feu.tilleuls.exemple.fr', { lastMessageAt: ago(3 * DAY) }),
    source('Contrôleur Wi-Fi', 'wifi.tilleuls.exemple.fr'),
  ]
  const [main, mail, firewall] = sources.map(({ id }) => id)
  const store = (sourceId: string | undefined, days: number) => ({
    ...{ sourceId: sourceId!, seenOn: ago(0).toISOString().slice(0, 10), seenAt: ago(2 * HOUR) },
    ...{
      oldestAt: ago(days * DAY + 3 * HOUR),
      newestAt: ago(2 * HOUR),
      bytes: 4e9,
      freeBytes: 3e10,
      capacityBytes: 5e10,
    },
  })
  const hours = Array.from({ length: 30 * 24 }, (_, index) => {
    const hour = new Date((Math.floor(now / HOUR) - index) * HOUR)
    const busy = hour.getUTCHours() >= 7 && hour.getUTCHours() <= 17 && hour.getUTCDay() % 6 !== 0
    return {
      ...{ sourceId: main!, hour, received: busy ? 90 : 3, structured: busy ? 90 : 3 },
      ...{ loginAccepted: busy ? 9 + (index % 5) : 0, loginRefused: busy && index % 3 === 0 ? 2 : 0 },
      ...{ mailSent: 0, mailAuthored: 0, missing: 0, repeated: 0 },
    }
  })
  const mails = hours.slice(0, 160).map((row) => ({
    ...row,
    sourceId: mail!,
    mailSent: 4,
    mailAuthored: 4,
    missing: row === hours[9] ? 12 : 0,
  }))
  await deps.db.transact(WORKER, async (tx) => {
    await tx.insert(schema.logSource).values(sources)
    await tx.insert(schema.logStore).values([store(main, 240), store(mail, 46), store(firewall, 420)])
    await tx.insert(schema.logHour).values([...hours, ...mails])
  })
  const academie = { kind: 'academie', code: '98' } as const
  const people = {
    head: await aPerson(deps, {
      role: 'chef_etablissement',
      perimeter: { kind: 'etablissement', code: uai },
    }),
    quietHead: await aPerson(deps, {
      role: 'directeur_ecole',
      perimeter: { kind: 'etablissement', code: quiet },
    }),
    rssi: await aPerson(deps, { role: 'rssi', perimeter: academie }),
    diaser: await aPerson(deps, { role: 'diaser', perimeter: academie }),
    officer: await aPerson(deps, { role: 'osp', perimeter: { kind: 'departement', code: '991' } }),
  }
  return { uai, quiet, people }
}
