import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  axeViolations,
  launchBrowser,
  SCHEMES,
  sidewaysOverflow,
  troublesOf,
  WIDTHS,
  type Setting,
} from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { anE2eServer, aPerson } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aLivedCollege, depsNow } from './lived-etablissement.ts'
import { aVisitor, type Visit } from './visitor.ts'

let db: Database
let server: RunningServer
let browser: Browser
let visitAs: Visit
let college: Awaited<ReturnType<typeof aLivedCollege>>
let closed: string
let head: string
let rssi: string

const visit = (path: string, setting: Setting = {}, login = head): Promise<Page> =>
  visitAs(login, path, setting)

const WAIT = { timeout: 20_000 }

beforeAll(async () => {
  db = await aDatabase()
  const deps = depsNow(db)
  college = await aLivedCollege(db)
  await college.observe(2, {
    'backup.schedule_interval': 24,
    'backup.last_success_age': 400,
    'backup.encrypted_at_rest': true,
    'supervision.alerting': true,
    'logs.retention': 100,
  })
  await college.evaluate(0)
  closed = await anEtablissement()
    .with({ name: 'École du Vieux-Pont', state: 'ferme', closedOn: '2025-08-31', motherUai: college.uai })
    .insert(db)
  head = await aPerson(deps, {
    role: 'chef_etablissement',
    perimeter: { kind: 'etablissement', code: college.uai },
  })
  rssi = await aPerson(deps, { role: 'rssi', perimeter: { kind: 'academie', code: '98' } })
  server = await anE2eServer(deps)
  browser = await launchBrowser()
  visitAs = aVisitor(browser, server.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

describe('the bulletin', () => {
  it('opens on priorities, then one line per service, without JavaScript', async () => {
    const page = await visit(`/etablissements/${college.uai}`, { javaScript: false })
    const priorities = page.getByRole('region', { name: /priorit/ })
    expect(await priorities.getByRole('listitem').count()).toBeGreaterThan(0)
    expect(await priorities.first().innerText()).toMatch(/Pourquoi[\s\S]*Cette semaine[\s\S]*Qui appeler/)
    expect(await page.locator('.report__line').count()).toBe(15)
    await page.context().close()
  })

  it('leads the head to the questionnaire by one button, and the others to exactly what is not known', async () => {
    const own = await visit(`/etablissements/${college.uai}`)
    expect(await own.getByRole('link', { name: 'Répondre' }).getAttribute('href')).toBe(
      `/etablissements/${college.uai}/questionnaire`,
    )
    await own.context().close()
    const page = await visit(`/etablissements/${college.uai}`, {}, rssi)
    const unknown = Number(/(\d+)\sexigences? rest/.exec(await page.locator('.unknowns').innerText())?.[1])
    await page.getByRole('link', { name: 'Voir lesquelles' }).click()
    await page.waitForURL(/statut=unknown/)
    await expect.poll(() => page.locator('.line').count(), WAIT).toBe(unknown)
    await page.context().close()
  })

  it('shows every rate with its numerator and denominator, linked to its rows', async () => {
    const page = await visit(`/etablissements/${college.uai}`)
    const exige = page.locator('.score').getByRole('link', { name: /exigées/ })
    expect(await exige.innerText()).toMatch(/\d\s\/\s94 exigées \(\d+\s%\)/)
    await exige.click()
    await page.waitForURL(/niveau=E/)
    await expect.poll(() => page.locator('.line').count(), WAIT).toBe(94)
    await page.context().close()
  })

  it('prints on two A4 pages', async () => {
    const page = await visit(`/etablissements/${college.uai}`)
    const margin = { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' }
    const pdf = await page.pdf({ format: 'A4', margin })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(2)
    await page.context().close()
  })

  it('says that an establishment is closed, since when, and names its mother', async () => {
    const page = await visit(`/etablissements/${closed}`, {}, rssi)
    const text = await page.locator('main').innerText()
    expect(text).toContain('Établissement fermé')
    expect(text).toContain('31 août 2025')
    expect(await page.getByRole('link', { name: 'Collège des Essais' }).getAttribute('href')).toBe(
      `/etablissements/${college.uai}`,
    )
    await page.context().close()
  })

  it('does not exist for the head of another establishment', async () => {
    const page = await visit(`/etablissements/${closed}`)
    expect(await page.locator('main').innerText()).not.toContain('Vieux-Pont')
    await page.context().close()
  })

  for (const width of WIDTHS)
    for (const scheme of SCHEMES)
      it(`is accessible and fits at ${width} px, ${scheme}`, async () => {
        const page = await visit('/glossaire', { width, scheme })
        const troubles = troublesOf(page)
        await page.goto(`/etablissements/${college.uai}`)
        expect(await axeViolations(page)).toEqual([])
        expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0)
        expect(troubles).toEqual([])
        await page.context().close()
      })
})
