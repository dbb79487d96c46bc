import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { schema } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasK6, playScenario, type ScenarioData } from '../bench/k6.ts'
import { fillHolders, PIN, readCounters, type LoadedHolder } from '../bench/otp-rows.ts'
import { openStage, type Stage } from '../bench/otp-stage.ts'
import { openToken } from '../support/account.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aSupervisionStack, type SupervisionStack } from './supervision-stack.ts'

const DATABASE_URL = process.env['DATABASE_URL']
const HOLDERS = 1_200
const VICTIMS = 400
const PLACE = { kind: 'academie', code: '98' } as const
/** Seconds within which the issue wants an incident, and within which the end of an attack must have closed it. */
const SEEN_WITHIN = 60
const OVER_WITHIN = 300
const ATTACK_SECONDS = 40

/** Each attack, and the one alarm that it must raise. */
const ATTACKS = [
  ['brute-force', 'OtpBruteForce'],
  ['password-spray', 'OtpPasswordSpray'],
  ['replay-storm', 'OtpReplay'],
] as const

describe.skipIf(!DATABASE_URL || !hasK6())('alarms of the verification path, from k6 to the incident', () => {
  let stage: Stage
  let stack: SupervisionStack
  let play: (name: string, seconds: number) => Promise<number>

  beforeAll(async () => {
    stage = await openStage(DATABASE_URL ?? '')
    const { deps } = stage
    await anEtablissement().inAcademie(PLACE.code).insert(deps.db)
    const token = await openToken(deps, 'otp:verify', PLACE)
    const metricsToken = randomBytes(24).toString('base64url')
    const server = await stage.serve([], { VIGIE_METRICS_TOKEN: metricsToken })
    stack = await aSupervisionStack({
      vigie: server.url,
      metricsToken,
      discoveryToken: await openToken(deps, 'metrics:read', PLACE),
      alertToken: await openToken(deps, 'alert:push', PLACE),
    })
    const all = await fillHolders(deps, { hotp: HOLDERS + VICTIMS * ATTACKS.length })
    const holders = all.slice(0, HOLDERS)
    let victims: readonly LoadedHolder[] = all.slice(HOLDERS)
    play = async (name, seconds) => {
      await readCounters(deps.db, all)
      const data: ScenarioData = {
        url: server.url,
        token,
        readerToken: token,
        pin: PIN,
        holders,
        victims: victims.slice(0, VICTIMS),
      }
      victims = victims.slice(VICTIMS)
      return playScenario(stage.directory, name, data, seconds, true)
    }
    await stack.waitFor('up{job="vigie"} == 1')
  })
  afterAll(async () => {
    await stack?.close()
    await stage?.close()
  })

  const incidents = () =>
    stage.deps.db.transact({ role: 'vigie_worker' }, (tx) => tx.select().from(schema.incident))

  /** Out: seconds until the condition held. Errors: it never did. */
  async function secondsUntil(holds: () => Promise<boolean>, within: number, what: string): Promise<number> {
    const start = performance.now()
    for (;;) {
      const seconds = (performance.now() - start) / 1_000
      if (await holds()) return seconds
      if (seconds > within) throw new Error(`${what}: not within ${within} s`)
      await pause(250)
    }
  }

  it('stay silent on a morning of people who sign in and mistype', { timeout: 120_000 }, async () => {
    expect(await play('morning-peak', ATTACK_SECONDS)).toBe(0)
    await pause(25_000)
    expect(await stack.query('sum(otp_verify_total{reason="bad_code"}) > 0')).toHaveLength(1)
    expect(await stack.firing()).toEqual([])
    expect(await incidents()).toEqual([])
  })

  it.each(ATTACKS)(
    '%s opens one incident, %s, within a minute',
    { timeout: 180_000 },
    async (name, alert) => {
      const before = new Set((await incidents()).map(({ id }) => id))
      const attack = play(name, ATTACK_SECONDS)
      const opened = async () => (await incidents()).filter(({ id }) => !before.has(id))
      const seen = await secondsUntil(
        async () => (await opened()).some(({ alertName }) => alertName === alert),
        SEEN_WITHIN,
        `${alert} as an incident`,
      )
      process.stdout.write(`${name}: ${alert} is an incident after ${seen.toFixed(1)} s\n`)
      await attack
      await pause(15_000)
      expect((await opened()).map(({ alertName, state }) => [alertName, state])).toEqual([[alert, 'open']])
    },
  )

  it('are closed by the end of the attacks', { timeout: (OVER_WITHIN + 30) * 1_000 }, async () => {
    const over = await secondsUntil(
      async () => (await incidents()).every(({ state }) => state === 'resolved'),
      OVER_WITHIN,
      'every incident resolved',
    )
    process.stdout.write(`every incident is resolved ${over.toFixed(1)} s after the last attack\n`)
    expect((await incidents()).map(({ alertName }) => alertName).toSorted()).toEqual(
      ATTACKS.map(([, alert]) => alert).toSorted(),
    )
    expect(await stack.firing()).toEqual([])
  })
})
