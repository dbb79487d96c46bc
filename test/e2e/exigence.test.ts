import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  axeViolations,
  launchBrowser,
  SCHEMES,
  sidewaysOverflow,
  WIDTHS,
  type Setting,
} from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { anE2eServer, aPerson } from '../support/e2e-server.ts'
import { aLivedCollege, depsNow } from './lived-etablissement.ts'
import { aVisitor, type Visit } from './visitor.ts'

let db: Database
let server: RunningServer
let browser: Browser
let visitAs: Visit
let root: string
let head: string

const visit = (path: string, setting: Setting = {}): Promise<Page> => visitAs(head, `${root}${path}`, setting)

const WAIT = { timeout: 20_000 }

beforeAll(async () => {
  db = await aDatabase()
  const deps = depsNow(db)
  const college = await aLivedCollege(db)
  const schedule = { 'backup.schedule_interval': 24 }
  await college.observe(80, { 'directory.audit_enabled': true }, 'annuaire')
  for (const day of [40, 30, 20]) await college.observe(day, { ...schedule, 'backup.last_success_age': 200 })
  for (const day of [6, 3, 1]) await college.observe(day, { ...schedule, 'backup.last_success_age': 10 })
  await college.fail(1, ['network.filtering_active', 'network.filtering_list_age'])
  await college.evaluate(0)
  root = `/etablissements/${college.uai}/exigences`
  head = await aPerson(deps, {
    role: 'chef_etablissement',
    perimeter: { kind: 'etablissement', code: college.uai },
  })
  server = await anE2eServer(deps)
  browser = await launchBrowser()
  visitAs = aVisitor(browser, server.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

describe('the list of requirements', () => {
  it('shows the 163 with their sign, and keeps its filters in the address', async () => {
    const page = await visit('')
    await expect.poll(() => page.locator('.line').count(), WAIT).toBe(163)
    await page.getByLabel('Service').selectOption('MCO-SVG')
    await page.getByRole('button', { name: 'Filtrer' }).click()
    await page.waitForURL(/service=MCO-SVG/)
    await expect.poll(() => page.locator('.line').count(), WAIT).toBe(13)
    await page.goBack()
    await page.waitForURL((url) => url.search === '')
    await expect.poll(() => page.locator('.line').count(), WAIT).toBe(163)
    await page.context().close()
  })

  it('counts by status what the link of the count shows', async () => {
    const page = await visit('')
    const link = page.getByRole('link', { name: /^\d+\s+Conforme$/ })
    const count = Number.parseInt(await link.innerText(), 10)
    await link.click()
    await page.waitForURL(/statut=compliant/)
    expect(count).toBeGreaterThan(0)
    await expect.poll(() => page.locator('.line').count(), WAIT).toBe(count)
    await page.context().close()
  })

  it('says so when nothing answers the filters, and offers the whole list', async () => {
    const page = await visit('?q=zzzz', { javaScript: false })
    await page.getByRole('link', { name: 'Afficher les 163 exigences' }).click()
    await expect.poll(() => page.locator('.line').count(), WAIT).toBe(163)
    await page.context().close()
  })
})

describe('a requirement', () => {
  it('gives the verdict with its figures, its exact evidence and its past', async () => {
    const page = await visit('/MCO-SVG-2', { javaScript: false })
    expect(await page.locator('.verdict').innerText()).toMatch(/Conforme[\s\S]*10\sheures/)
    const table = page.getByRole('table', { name: /preuves exactes/i })
    expect(await table.innerText()).toMatch(/backup\.last_success_age[\s\S]*10\sheures[\s\S]*nas-01/)
    expect(await page.locator('.timeline .dot').count()).toBe(6)
    expect(await page.locator('.timeline .ribbon').count()).toBeGreaterThan(2)
    expect(await page.getByRole('region', { name: 'Changements de statut' }).innerText()).toContain('Partiel')
    await page.context().close()
  })

  it('tells absence of proof from failure, in careful words', async () => {
    const stale = await visit('/INF-ANN-4')
    expect(await stale.locator('.verdict').innerText()).toMatch(/périmé[\s\S]*trop ancienne/)
    await stale.goto(`${root}/INF-SEC-8`)
    expect(await stale.locator('.verdict').innerText()).toMatch(/collecte muette[\s\S]*n’y est pour rien/)
    expect(await stale.getByRole('table').first().innerText()).toContain('Le serveur n’a pas répondu.')
    await stale.goto(`${root}/MCO-SVG-12`)
    expect(await stale.locator('.verdict').innerText()).toMatch(/jamais vu[\s\S]*ne veut pas dire/)
    await stale.context().close()
  })

  for (const [javaScript, requirement] of [
    [true, 'INF-DIF-3'],
    [false, 'INF-DIF-2'],
  ] as const)
    it(`takes a declaration ${javaScript ? 'with' : 'without'} JavaScript when nothing can observe it`, async () => {
      const page = await visit(`/${requirement}`, { javaScript })
      expect(await page.locator('.verdict').innerText()).toContain('Aucun système ne peut observer')
      await page.getByLabel('tenue en partie').check()
      await page.getByLabel(/Ce qui le montre/).fill('Seul le secrétariat y accède.')
      await page.getByRole('button', { name: 'Déclarer' }).click()
      await page.getByText('Votre déclaration est enregistrée.').waitFor()
      expect(await page.locator('.verdict').innerText()).toMatch(/Partiel[\s\S]*vient de votre déclaration/)
      await page.context().close()
    })

  it('does not exist under an identifier that the catalogue has not', async () => {
    const page = await visit('/INF-PDT-99')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('introuvable')
    await page.context().close()
  })

  for (const width of WIDTHS)
    for (const scheme of SCHEMES)
      it(`is accessible and fits at ${width} px, ${scheme}, like its list`, async () => {
        const page = await visit('/MCO-SVG-2', { width, scheme })
        for (const path of ['/MCO-SVG-2', '/INF-SEC-8', '?statut=unknown&service=INF-AUT']) {
          await page.goto(`${root}${path}`)
          expect(await axeViolations(page)).toEqual([])
          expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0)
        }
        await page.context().close()
      })
})
