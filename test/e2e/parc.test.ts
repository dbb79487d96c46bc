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
let parc: string
let emptyParc: string
let head: string
let rssi: string

const MACHINES = 53

const visit = (path: string, setting: Setting = {}, login = head): Promise<Page> =>
  visitAs(login, path, setting)

const WAIT = { timeout: 20_000 }

beforeAll(async () => {
  db = await aDatabase()
  const deps = depsNow(db)
  const college = await aLivedCollege(db)
  const bare = await aLivedCollege(db, 'Collège sans parc')
  await college.inventory(MACHINES)
  parc = `/etablissements/${college.uai}/parc`
  emptyParc = `/etablissements/${bare.uai}/parc`
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

describe('the parc', () => {
  it('lists what the agents sent, page by page', async () => {
    const page = await visit(parc)
    expect(await page.locator('main').innerText()).toContain(`${MACHINES}\u00a0machines`)
    await expect.poll(() => page.locator('tbody tr').count(), WAIT).toBe(50)
    await page.getByRole('link', { name: 'Page suivante' }).click()
    await page.waitForURL(/page=2/)
    await expect.poll(() => page.locator('tbody tr').count(), WAIT).toBe(MACHINES - 50)
    await page.context().close()
  })

  it('finds a machine by its name, without JavaScript', async () => {
    const page = await visit(parc, { javaScript: false })
    await page.getByRole('searchbox').fill('POSTE-0007')
    await page.getByRole('button', { name: 'Chercher' }).click()
    await expect
      .poll(() => page.locator('tbody th').allInnerTexts(), WAIT)
      .toEqual([expect.stringContaining('POSTE-0007')])
    await page.context().close()
  })

  it('says how to fill it when it is empty', async () => {
    const page = await visit(emptyParc, {}, rssi)
    const text = await page.locator('main').innerText()
    expect(text).toContain('Aucune machine n’est encore connue')
    expect(text).toContain(`${server.url}/v1/collect/inventory`)
    await page.context().close()
  })
})

describe('a machine', () => {
  const open = async (page: Page, name: string) => {
    await page.goto(`${parc}?q=${name}`)
    await page.getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
  }

  it('shows its protections in words, its system and its software', async () => {
    const page = await visit(parc)
    await open(page, 'POSTE-0002')
    expect(await page.getByRole('region', { name: 'Protections' }).innerText()).toMatch(
      /Antivirus[\s\S]*(Actif|Arrêté|Absent|Inconnu)[\s\S]*Disque chiffré[\s\S]*(Oui|Non|Inconnu)/,
    )
    expect(await page.getByRole('region', { name: 'Système' }).innerText()).toContain('Windows')
    expect(await page.locator('#logiciels tbody tr').count()).toBeGreaterThan(0)
    await page.goto(`${page.url()}?q=introuvable`)
    expect(await page.locator('#logiciels').innerText()).toContain('Aucun logiciel ne porte ces mots.')
    await page.context().close()
  })

  for (const javaScript of [true, false])
    it(`keeps what its head knows of it, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const page = await visit(parc, { javaScript })
      await open(page, javaScript ? 'POSTE-0003' : 'POSTE-0004')
      await page.getByLabel('Usage', { exact: true }).selectOption('administratif')
      await page.getByLabel('Partagée').selectOption('non')
      await page.getByRole('button', { name: 'Enregistrer' }).click()
      await page.getByText('C’est noté.').waitFor()
      await page.reload()
      expect(await page.getByLabel('Usage', { exact: true }).inputValue()).toBe('administratif')
      expect(await page.getByLabel('Partagée').inputValue()).toBe('non')
      await page.context().close()
    })

  it('leaves the list once it is marked as gone, and stays findable apart', async () => {
    const page = await visit(parc)
    await open(page, 'POSTE-0005')
    await page.getByLabel(/Sortie du parc/).check()
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Elle ne compte plus dans les chiffres.').waitFor()
    await page.goto(parc)
    await page.getByRole('link', { name: 'Machines sorties du parc' }).click()
    await page.waitForURL(/sorties=oui/)
    await expect
      .poll(() => page.locator('tbody th').allInnerTexts(), WAIT)
      .toEqual([expect.stringContaining('POSTE-0005')])
    await page.context().close()
  })

  it('is read only for who may not change the parc', async () => {
    const page = await visit(parc, {}, rssi)
    await open(page, 'POSTE-0002')
    expect(await page.getByRole('button', { name: 'Enregistrer' }).count()).toBe(0)
    await page.context().close()
  })
})

for (const width of WIDTHS)
  for (const scheme of SCHEMES)
    it(`is accessible and fits at ${width} px, ${scheme}, as a list, a machine and empty`, async () => {
      const page = await visit(`${parc}?q=POSTE-0002`, { width, scheme }, rssi)
      const machine = await page.getByRole('link', { name: 'POSTE-0002' }).getAttribute('href')
      for (const path of [`${parc}?q=POSTE-000`, machine ?? parc, emptyParc]) {
        await page.goto(path)
        expect(await axeViolations(page)).toEqual([])
        expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0)
      }
      await page.context().close()
    })
