import { readSyslog } from '@vigie/collectors'
import type { Context } from '../../../context.ts'
import { commitBatch } from '../../../syslog-listener/commit-batch.ts'
import { Tally } from '../../../syslog-listener/tally.ts'
import { createLogSource } from '../../logs/create-log-source.ts'
import { listLogSources } from '../../logs/list-log-sources.ts'
import { receiveLogStores } from '../../logs/receive-log-stores.ts'
import { openAccount } from '../open-accounts.ts'
import { planPeople } from '../people.ts'
import { toldOf, type PlannedEtablissement } from '../plan/etablissements.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Days of journals, committed week by week as for a machine that catches up. */
const JOURNAL_DAYS = 28
const WEEK_MS = 7 * DAY_MS

interface Machine {
  readonly label: string
  readonly name: string
  /** Days since which it is silent; null: it never spoke. */
  readonly silentDays: number | null
  /** Days that its store holds; null: it does not say. */
  readonly kept: number | null
  /** Lines of an hour of class, in the forms that were recorded from real programs. */
  readonly busy: readonly (readonly [app: string, text: string])[]
}

const ACCEPTED = 'Accepted publickey for referent from 192.0.2.11 port 51515 ssh2: ED25519'
const REFUSED = 'Failed password for invalid user admin from 192.0.2.10 port 51514 ssh2'
const BIND = 'conn=1001 op=0 RESULT tag=97 err=0 qtime=0.000012 etime=0.000124 text='
const UNBOUND = 'conn=1002 op=0 RESULT tag=97 err=49 qtime=0.000012 etime=0.000124 text='
const SENT = '4Q1x2y3z: client=poste[192.0.2.4], sasl_method=PLAIN, sasl_username=prof'

const MACHINES: readonly Machine[] = [
  {
    ...{ label: 'Serveur pédagogique', name: 'pedagogique', silentDays: 0, kept: 240 },
    busy: [
      ['slapd', BIND],
      ['slapd', BIND],
      ['slapd', BIND],
      ['slapd', UNBOUND],
      ['sshd', ACCEPTED],
    ],
  },
  {
    ...{ label: 'Serveur de messagerie', name: 'courrier', silentDays: 0, kept: 200 },
    busy: [
      ['postfix/submission/smtpd', SENT],
      ['postfix/submission/smtpd', SENT],
      ['sshd', REFUSED],
    ],
  },
  { label: 'Pare-feu', name: 'pare-feu', silentDays: 3, kept: 96, busy: [['sshd', ACCEPTED]] },
  { label: 'Contrôleur Wi-Fi', name: 'wifi', silentDays: null, kept: null, busy: [] },
]

const nameOf = ({ name }: Machine, uai: string) => `${name}.${uai.toLowerCase()}.exemple.fr`

/** The IT division expects the journals of four machines of the told collège. */
export async function expectJournals(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const { uai } = toldOf(items).college
  const persona = planPeople().find(({ grants }) => grants.some(({ role }) => role === 'diaser'))
  if (!persona) throw new Error('no account for the IT division')
  const division = { ...ctx, actor: await openAccount(ctx, persona) }
  for (const machine of MACHINES)
    await createLogSource(division, {
      ...{ uai, label: machine.label, fingerprint: null, certificateName: nameOf(machine, uai) },
    })
}

/** One hour of a machine: a mark, and what people do in class. */
function* linesOf(machine: Machine, hour: Date): Generator<readonly [string, string]> {
  yield ['rsyslogd', '-- MARK --']
  const inClass = hour.getUTCHours() >= 7 && hour.getUTCHours() < 16 && hour.getUTCDay() % 6 !== 0
  if (inClass) yield* machine.busy
}

/** Four weeks of their messages, through the count and the commit of the receiver; then what their stores hold. */
export async function receiveJournals(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const { uai } = toldOf(items).college
  const end = ctx.clock.now().getTime()
  const { rows } = await listLogSources(ctx, { uai })
  const idOf = (machine: Machine) =>
    rows.find(({ certificateName }) => certificateName === nameOf(machine, uai))?.id
  for (const machine of MACHINES) {
    const id = idOf(machine)
    if (id === undefined || machine.silentDays === null) continue
    const last = end - machine.silentDays * DAY_MS
    let number = 0
    for (let from = last - JOURNAL_DAYS * DAY_MS; from < last; from += WEEK_MS) {
      const until = from + WEEK_MS
      const tally = new Tally()
      for (let at = from; at < until; at += HOUR_MS)
        for (const [app, text] of linesOf(machine, new Date(at))) {
          number += 1
          const data = `[meta sequenceId="${number}"][vigie@32473 epoch="1"]`
          const line = `<86>1 ${new Date(at).toISOString()} ${machine.name} ${app} - - ${data} ${text}`
          tally.add(id, readSyslog(Buffer.from(line)), until)
        }
      await commitBatch({ ...ctx, clock: { now: () => new Date(until) } }, tally.take())
    }
  }
  const stores = MACHINES.flatMap((machine) => {
    const id = idOf(machine)
    return id === undefined || machine.kept === null ? [] : [storeOf(id, machine.kept, end)]
  })
  await receiveLogStores(ctx, { stores }, false)
}

const storeOf = (source: string, kept: number, end: number) => ({
  ...{ source, oldestAt: new Date(end - kept * DAY_MS).toISOString(), newestAt: new Date(end).toISOString() },
  ...{ bytes: 40_000_000 * kept, freeBytes: 30_000_000_000, capacityBytes: 60_000_000_000 },
  ...{ archived: true, inServiceSince: null },
})
