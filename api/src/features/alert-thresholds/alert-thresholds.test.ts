import { ALERT_THRESHOLDS, ALERTS } from '@vigie/collectors'
import { schema, type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AlertThreshold } from './schema.ts'

const academie = { kind: 'academie', code: '98' } as const
let db: Database
let api: Api
let rssi: Credentials
let diaser: Credentials
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  rssi = await api.signIn('rssi', academie)
  diaser = await api.signIn('diaser', academie)
})
afterAll(() => db.close())

const list = async (query = '', as = rssi) => {
  const response = await api.request(`/v1/alert-thresholds${query}`, { as })
  return ((await response.json()) as { rows: AlertThreshold[] }).rows
}
const put = (alert: string, value: unknown, as = rssi, code = '98') =>
  api.request(`/v1/alert-thresholds/${code}/${alert}`, { method: 'PUT', json: { value }, as })
const clear = (alert: string, as = rssi, code = '98') =>
  api.request(`/v1/alert-thresholds/${code}/${alert}`, { method: 'DELETE', as })
const journalOf = (alert: string) =>
  db.asOwner((tx) => tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.subjectId, alert)))

describe('thresholds of the alerts', () => {
  it('are listed with their default, their bounds and a French label, for the caller’s académie', async () => {
    const rows = await list('?academie=98')
    expect(rows.map(({ alert }) => alert).toSorted()).toEqual(Object.keys(ALERT_THRESHOLDS).toSorted())
    expect(rows.find(({ alert }) => alert === 'OtpBruteForce')).toEqual({
      academie: '98',
      alert: 'OtpBruteForce',
      label: 'Refus d’un même porteur en deux minutes',
      summary: 'Les codes d’un porteur sont essayés en force',
      severity: 'critical',
      unit: 'refus',
      default: 20,
      min: 13,
      max: 1_000,
      value: 20,
      updatedAt: null,
      updatedBy: null,
      runbook: '/exploitation/alertes#otpbruteforce',
    })
    for (const { summary } of rows) expect(summary).not.toMatch(/[{}]|\s$/)
    expect(await list()).toEqual(rows)
  })

  it('are set by the RSSI or the IT division, with who and when, and the journal says so', async () => {
    const set = await put('OtpReplay', 4)
    expect(set.status).toBe(200)
    expect(await set.json()).toMatchObject({ alert: 'OtpReplay', value: 4, default: 10 })
    expect((await put('OtpReplay', 6, diaser)).status).toBe(200)
    const [row] = (await list()).filter(({ alert }) => alert === 'OtpReplay')
    expect(row).toMatchObject({ value: 6, updatedAt: expect.any(String), updatedBy: expect.any(String) })
    const entries = await journalOf('OtpReplay')
    expect(entries.map(({ action, details }) => [action, details])).toEqual([
      ['threshold.set', { academie: '98', value: 4 }],
      ['threshold.set', { academie: '98', value: 6 }],
    ])
  })

  it('go back to their default; doing it twice changes nothing more', async () => {
    await put('BackupsLate', 25)
    expect((await clear('BackupsLate')).status).toBe(204)
    expect((await clear('BackupsLate')).status).toBe(204)
    const [row] = (await list()).filter(({ alert }) => alert === 'BackupsLate')
    expect(row).toMatchObject({ value: 10, updatedAt: null, updatedBy: null })
    const actions = (await journalOf('BackupsLate')).map(({ action }) => action)
    expect(actions).toEqual(['threshold.set', 'threshold.cleared'])
  })

  it('stay within their bounds, and the refusal says which', async () => {
    for (const value of [12, 1_001, -1]) {
      const refused = await put('OtpBruteForce', value)
      expect(refused.status).toBe(422)
      const { errors } = (await refused.json()) as { errors: { pointer: string; detail: string }[] }
      expect(errors).toEqual([
        {
          pointer: '/value',
          detail: expect.stringMatching(/choisissez une valeur entre 13 et 1\s?000 refus/),
        },
      ])
    }
    expect((await put('OtpBruteForce', '20')).status).toBe(422)
    for (const bound of [13, 1_000]) expect((await put('OtpBruteForce', bound)).status).toBe(200)
    await clear('OtpBruteForce')
  })

  it('do not exist for another académie, nor for an alert without one', async () => {
    expect((await put('OtpReplay', 5, rssi, '11')).status).toBe(404)
    expect((await clear('OtpReplay', rssi, '11')).status).toBe(404)
    expect((await api.request('/v1/alert-thresholds?academie=11', { as: rssi })).status).toBe(404)
    expect((await put('VigieDown', 1)).status).toBe(422)
    expect(ALERTS.map(({ name }) => name)).toContain('VigieDown')
  })

  it('are for those who supervise: nobody else reads or sets them', async () => {
    for (const role of ['aqssi', 'assistance'] as const) {
      const as = await api.signIn(role, academie)
      expect((await api.request('/v1/alert-thresholds', { as })).status).toBe(403)
      expect((await put('OtpReplay', 5, as)).status).toBe(403)
      expect((await clear('OtpReplay', as)).status).toBe(403)
    }
  })
})
