import { randomBytes, randomUUID } from 'node:crypto'
import type { Deps } from '@vigie/api/context'
import type { RunningServer } from '@vigie/api/server'
import { startServer } from '@vigie/api/server'
import { loadWebHandler } from '@vigie/api/load-web-handler'
import { schema, type Database } from '@vigie/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openToken } from '../support/account.ts'
import {
  awake,
  axeViolations,
  launchBrowser,
  SCHEMES,
  sidewaysOverflow,
  troublesOf,
  unfold,
  WIDTHS,
  type Setting,
} from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anE2eServer, aPerson } from '../support/e2e-server.ts'
import { anOtpSubject, type OtpSubject } from '../support/otp.ts'
import { aVisitor, type Visit } from './visitor.ts'

const VALMONT = { kind: 'academie', code: '98' } as const

let db: Database
let deps: Deps
let server: RunningServer
let browser: Browser
let visitAs: Visit
let rssi: string
let portal: string
let subjects: OtpSubject[]

const visit = (setting: Setting = {}): Promise<Page> => visitAs(rssi, '/trafic', setting)
const close = (page: Page) => page.context().close()

async function verify(subject: OtpSubject, code: string, source = '192.0.2.9'): Promise<number> {
  const answer = await fetch(`${server.url}/v1/otp/verifications`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${portal}` },
    body: JSON.stringify({ login: subject.login, pin: subject.pin, code, source }),
  })
  return answer.status
}

/** An hour of a morning with an attack in it, as other processes wrote it. */
async function anHourBefore(now: number): Promise<void> {
  const rows = Array.from({ length: 3_500 }, (_, back) => back + 5).flatMap((back) => {
    const wave = 6 + 5 * Math.sin(back / 260) + 2 * Math.sin(back / 17)
    const attacked = back > 900 && back < 1_300
    const accepted = Math.max(0, Math.round(wave + ((back * 7) % 5) - 2))
    const rejected = (back % 9 === 0 ? 1 : 0) + (attacked ? 8 + ((back * 3) % 7) : 0)
    if (accepted + rejected === 0) return []
    const durations = Array.from({ length: 23 }, (_, rank) =>
      rank === 2 ? accepted : rank === 7 ? rejected : rank === 12 && back % 40 === 0 ? 1 : 0,
    )
    const second = new Date((Math.floor(now / 1_000) - back) * 1_000)
    const reasons = { accepted, bad_code: Math.ceil(rejected * 0.8), bad_pin: Math.floor(rejected * 0.2) }
    return [{ second, process: 'other', academie: '98', reasons, durations }]
  })
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    for (let start = 0; start < rows.length; start += 500)
      await tx.insert(schema.otpTraffic).values(rows.slice(start, start + 500))
  })
}

async function incidentsAndMachinery(now: number): Promise<void> {
  const ago = (seconds: number) => new Date(now - seconds * 1_000)
  const common = {
    description: 'Un porteur échoue sans cesse.',
    origin: 'alert',
    academie: '98',
    party: 'academie',
    lastSeenAt: ago(0),
  } as const
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    await tx.insert(schema.incident).values([
      {
        ...common,
        id: randomUUID(),
        title: 'Force brute sur un porteur',
        severity: 'critical',
        state: 'resolved',
        alertName: 'OtpBruteForce',
        openedAt: ago(1_270),
        resolvedAt: ago(780),
      },
      {
        ...common,
        id: randomUUID(),
        title: 'Collecteur muet : prometheus:rectorat',
        severity: 'warning',
        state: 'acknowledged',
        alertName: 'CollectorSilent',
        openedAt: ago(2_600),
      },
      {
        ...common,
        id: randomUUID(),
        title: 'Stock de clés bas en Haute-Brume',
        severity: 'info',
        state: 'open',
        alertName: 'OtpStockLow',
        openedAt: ago(150),
      },
    ])
    await tx.insert(schema.jobActivity).values([
      { job: 'seal-journal', lastStartedAt: ago(8), lastSuccessAt: ago(8), lastDurationMs: 41 },
      { job: 'evaluate-due', lastStartedAt: ago(30), lastSuccessAt: ago(29), lastDurationMs: 730 },
      {
        job: 'send-mail',
        lastStartedAt: ago(50),
        lastSuccessAt: ago(9_000),
        lastFailureAt: ago(50),
        lastDurationMs: 3_012,
      },
      { job: 'purge-traffic', lastStartedAt: ago(900), lastSuccessAt: ago(900), lastDurationMs: 12 },
    ])
    await tx.insert(schema.collectorNewestRun).values([
      {
        collector: 'prometheus:rectorat',
        startedAt: ago(4_000),
        durationMs: 5_000,
        outcome: 'failed',
        lastSuccessAt: ago(90_000),
      },
      {
        collector: 'prometheus:valmont-est',
        startedAt: ago(200),
        durationMs: 812,
        outcome: 'success',
        lastSuccessAt: ago(199),
      },
    ])
  })
}

beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db, {
    clock: { now: () => new Date() },
    random: { uuid: () => randomUUID(), bytes: (size) => new Uint8Array(randomBytes(size)) },
  })
  rssi = await aPerson(deps, { role: 'rssi', perimeter: VALMONT })
  portal = await openToken(deps, 'otp:verify', VALMONT)
  subjects = await Promise.all(
    ['991', '992', '992', '993'].map((departement) => anOtpSubject(deps, { departement })),
  )
  await anHourBefore(Date.now())
  await incidentsAndMachinery(Date.now())
  server = await anE2eServer(deps)
  for (const [rank, subject] of subjects.entries())
    for (let times = 0; times <= rank + 1; times += 1) await verify(subject, '000000', `192.0.2.${rank}`)
  browser = await launchBrowser()
  visitAs = aVisitor(browser, server.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

/** A figure of the page, by the words above it. */
const figure = async (page: Page, label: string): Promise<number> => {
  const tile = page.locator('dl > div', { hasText: label }).locator('.big')
  return Number((await tile.innerText()).replace(/\D/g, ''))
}
const live = (page: Page) => page.getByText('En direct').waitFor()

/** More refusals than the last minute holds, since those leave it meanwhile: the page tells them within its two seconds. */
async function seesRefusals(page: Page, subject: OtpSubject, source: string): Promise<void> {
  const before = await figure(page, 'Refusées, dernière minute')
  for (let times = 0; times <= before; times += 1) await verify(subject, '111111', source)
  await expect
    .poll(() => figure(page, 'Refusées, dernière minute'), { timeout: 4_000 })
    .toBeGreaterThan(before)
}

/** The server stops, and comes back on the same port once `work` is done. */
async function awayWhile(work: () => Promise<void>): Promise<void> {
  const { port } = server
  await server.close()
  await work()
  server = await startServer(deps, {
    port,
    host: '127.0.0.1',
    loadWebHandler: (url) => loadWebHandler(process.env, url),
  })
}
/** Ends every session: later visits sign in again. */
async function endSessions(): Promise<void> {
  await db.transact({ role: 'vigie_auth' }, (tx) => tx.delete(schema.session))
  visitAs = aVisitor(browser, server.url)
}

describe('the traffic', () => {
  it('is read without JavaScript: figures, river, reasons, incidents, collectors, jobs', async () => {
    const page = await visit({ javaScript: false })
    const text = await page.locator('main').innerText()
    expect(text).toMatch(/Acceptées, dernière minute\s+▲ \d+/)
    for (const word of [
      'Code faux',
      'Jeton des essais',
      'Force brute sur un porteur',
      'Scellement du journal',
      'prometheus:valmont-est',
    ])
      expect(text).toContain(word)
    expect(await page.getByRole('img', { name: /chaque seconde/ }).count()).toBe(1)
    expect(await page.getByRole('link', { name: 'Actualiser' }).count()).toBe(1)
    await page.locator('summary', { hasText: 'Lire la dernière heure' }).click()
    const rows = page.getByRole('table', { name: /Vérifications par minute/ }).locator('tbody tr')
    expect(await rows.count()).toBeGreaterThanOrEqual(60)
    expect(text).not.toContain('192.0.2')
    await close(page)
  })

  it('moves when codes are verified, within two seconds, and stands still when frozen', async () => {
    const page = await visit()
    await live(page)
    await seesRefusals(page, subjects[2]!, '192.0.2.50')
    await page.getByRole('button', { name: 'Figer l’affichage' }).click()
    const time = page.locator('.stream-bar')
    await page.getByText(/Affichage figé à/).waitFor()
    const frozen = await time.innerText()
    await page.waitForTimeout(2_500)
    expect(await time.innerText()).toBe(frozen)
    await page.getByRole('button', { name: 'Reprendre' }).click()
    await live(page)
    await close(page)
  })

  it('names who is struck to who may open the journal, and pins incidents on the axis', async () => {
    const page = await visit()
    await live(page)
    await page.locator('summary', { hasText: 'le plus souvent en échec' }).click()
    expect(await page.getByRole('link', { name: 'Porteur des Essais' }).count()).toBe(4)
    const pin = page.getByRole('link', { name: /Force brute sur un porteur, ouvert à .* résolu à/ })
    expect(await pin.getAttribute('href')).toMatch(/^\/incidents\/[0-9a-f-]{36}$/)
    await close(page)
  })

  it('says that it is interrupted, and goes on alone when the server is back', async () => {
    const page = await visit()
    await live(page)
    await awayWhile(async () => {
      await page.getByText(/Flux interrompu depuis \d\d:\d\d:\d\d/).waitFor({ timeout: 10_000 })
      expect(await axeViolations(page)).toEqual([])
      await page.waitForTimeout(3_000)
    })
    await page.getByText('En direct').waitFor({ timeout: 20_000 })
    await seesRefusals(page, subjects[3]!, '192.0.2.51')
    await close(page)
  })

  it('stops when the person signs out elsewhere, and says why', async () => {
    const other = await aPerson(deps, { role: 'diaser', perimeter: VALMONT })
    const page = await visitAs(other, '/trafic')
    await live(page)
    await endSessions()
    await page.getByText('Flux arrêté').waitFor({ timeout: 20_000 })
    expect(await page.getByRole('link', { name: 'Se reconnecter' }).count()).toBe(1)
    await close(page)
  })

  it('says that it is refused when the session ended while the server was away', async () => {
    const page = await visit()
    await live(page)
    await awayWhile(endSessions)
    await page.getByText(/Flux refusé depuis \d\d:\d\d:\d\d/).waitFor({ timeout: 20_000 })
    expect(await page.getByRole('link', { name: 'Se reconnecter' }).count()).toBe(1)
    expect(await axeViolations(page)).toEqual([])
    await close(page)
  })

  it('is closed to who does not supervise', async () => {
    const osp = await aPerson(deps, { role: 'osp', perimeter: { kind: 'departement', code: '991' } })
    const page = await visitAs(osp, '/trafic')
    expect(await page.getByRole('link', { name: 'Trafic OTP' }).count()).toBe(0)
    expect(await page.locator('main').innerText()).toContain('Votre compte n’a pas ce droit')
    await close(page)
  })
})

for (const width of WIDTHS)
  for (const scheme of SCHEMES)
    it(`is accessible, fits and is quiet at ${width} px, ${scheme}`, async () => {
      const page = await visit({ width, scheme })
      const troubles = troublesOf(page)
      await page.reload()
      await awake(page)
      await live(page)
      const shots = process.env['VIGIE_SHOTS']
      if (shots) await page.screenshot({ path: `${shots}/trafic-${width}-${scheme}.png`, fullPage: true })
      await unfold(page)
      expect(await axeViolations(page)).toEqual([])
      expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0)
      expect(troubles).toEqual([])
      await close(page)
    })
