import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Context, Deps } from '@vigie/api/context'
import { openSource } from '@vigie/api/features/collection/collect-file.ts'
import { prometheusSection } from '@vigie/api/features/collection/sources/prometheus.ts'
import { collectSource } from '@vigie/api/features/collection/collect-source.ts'
import { buildDemonstration } from '@vigie/api/features/demonstration/build-demonstration.ts'
import { planEtablissements } from '@vigie/api/features/demonstration/plan/etablissements.ts'
import { resynchronise } from '@vigie/api/features/otp/resynchronise.ts'
import { proveJournal } from '@vigie/api/journal/prove-journal.ts'
import { DEMONSTRATION_ACADEMIE } from '@vigie/rules'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { contextOf } from '../support/deps.ts'
import { manyOtpSubjects, type ManySubject } from '../support/otp-subjects.ts'
import { anAddress, postJson } from '../support/relying-party.ts'

const ACADEMIE = { kind: 'academie', code: DEMONSTRATION_ACADEMIE } as const
/** The town of the heads: every kind of establishment but the villages. */
const TOWN = planEtablissements().filter(({ commune }) => commune.name === 'Brumeval')
const MAPPING = new URL('../../deploy/prometheus/vigie-mapping.json', import.meta.url).pathname

/** What lives in an académie for a few minutes: the demonstration, then its people and its attackers. */
export interface SupervisedAcademie {
  readonly api: Api
  readonly uai: string
  readonly departement: string
  /** Declares targets of the establishment: machines and sites that Prometheus will find. */
  watch(targets: readonly { module: string; address: string; service: string | null }[]): Promise<void>
  /** Handles an incident from its opening to its resolution, and leaves another one open. */
  handleIncidents(): Promise<void>
  /** Reads a Prometheus that answers, and one that does not. */
  collect(prometheus: URL): Promise<void>
  /** Signs in, errs, is attacked, until told to stop. */
  signIn(url: string, token: string, signal: AbortSignal): Promise<void>
  /** Proves the journal whole. */
  prove(): Promise<void>
}

async function answered(response: Response, status: number): Promise<Response> {
  if (response.status !== status) throw new Error(`${response.status} ${await response.text()}`)
  return response
}

async function handleIncidents({ request }: Api, as: Credentials, uai: string): Promise<void> {
  const post = async (path: string, json: unknown, status: number) =>
    answered(await request(path, { method: 'POST', as, ...(json ? { json } : {}) }), status)
  const report = { origin: 'report', uai, title: 'Le réseau est lent', description: 'Depuis ce matin.' }
  const opened = await post('/v1/incidents', report, 201)
  const { id } = (await opened.json()) as { id: string }
  await pause(1_100)
  await post(`/v1/incidents/${id}/acknowledgement`, null, 200)
  await pause(1_100)
  await post(`/v1/incidents/${id}/resolution`, { comment: 'Le commutateur a été remplacé.' }, 200)
  await post('/v1/incidents', { ...report, title: 'L’imprimante ne répond plus' }, 201)
}

/** One round: each way for a verification to end, from addresses that nobody else has. */
async function aRound(
  subjects: readonly ManySubject[],
  totp: readonly ManySubject[],
  round: number,
  verify: (login: string, pin: string, code: string) => Promise<unknown>,
): Promise<void> {
  const [honest, replayed, clumsy, victim] = subjects
  const steady = totp[round % totp.length]
  if (!honest || !replayed || !clumsy || !victim || !steady) throw new Error('too few holders')
  await verify(honest.login, honest.pin, honest.hotp(round * 2))
  await verify(replayed.login, replayed.pin, replayed.hotp(round))
  await verify(replayed.login, replayed.pin, replayed.hotp(round))
  await verify(steady.login, steady.pin, steady.totp())
  await verify(clumsy.login, round % 2 ? '0000' : clumsy.pin, '000000')
  await verify(`inconnu.${round}`, '0000', '000000')
  for (let guess = 0; guess < 4; guess += 1) await verify(victim.login, victim.pin, `00000${guess}`)
}

export async function aSupervisedAcademie(deps: Deps): Promise<SupervisedAcademie> {
  await buildDemonstration(deps, () => {}, TOWN)
  const api = anApi(deps.db, deps)
  const ctx: Context = contextOf(api.deps)
  const rssi = await api.signIn('rssi', ACADEMIE)
  const etablissement = TOWN.find(({ kind, closedOn }) => kind === 'college' && closedOn === null)
  if (!etablissement) throw new Error('the town has no collège')
  const { uai, commune } = etablissement
  return {
    api,
    uai,
    departement: commune.departement,
    watch: async (targets) => {
      for (const target of targets) {
        const json = { ...target, label: 'Machine des essais' }
        await answered(
          await api.request(`/v1/etablissements/${uai}/targets`, { method: 'POST', as: rssi, json }),
          201,
        )
      }
    },
    handleIncidents: () => handleIncidents(api, rssi, uai),
    collect: async (prometheus) => {
      const nowhere = 'http://127.0.0.1:1'
      for (const [name, url] of [
        ['academie', prometheus.href],
        ['muet', nowhere],
      ] as const) {
        await collectSource(
          ctx,
          await openSource(prometheusSection, { name, url, mapping: MAPPING, retries: 0 }, '.'),
        )
      }
    },
    signIn: async (url, token, signal) => {
      const people = await manyOtpSubjects(api.deps, 5)
      const totp = await manyOtpSubjects(api.deps, 40, { type: 'totp' })
      const spent = await manyOtpSubjects(api.deps, 6, { failCount: 9 })
      const verify = (login: string, pin: string, code: string) =>
        postJson(`${url}/v1/otp/verifications`, { login, pin, code, source: anAddress() }, { token })
      const resynchronised = people[4]
      for (let round = 0; !signal.aborted; round += 1) {
        await aRound(people, totp, round, verify)
        const locked = spent[Math.floor(round / 4)]
        if (locked) await verify(locked.login, locked.pin, '000000')
        if (resynchronised) {
          const codes = [resynchronised.hotp(round * 3), resynchronised.hotp(round * 3 + 1)] as const
          await resynchronise(ctx, { holderId: resynchronised.holderId, codes, channel: 'assistance' })
        }
        await fetch(`${url}/v1/catalogue`)
        await pause(500, undefined, { signal }).catch(() => {})
      }
    },
    prove: async () => {
      await proveJournal(ctx)
    },
  }
}

/** A secret for this run. */
export const aSecret = (): string => randomBytes(24).toString('base64url')
