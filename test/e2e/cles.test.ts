import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import { anE2eServer } from '../support/e2e-server.ts'
import { aLivedParkOfKeys } from './lived-keys.ts'
import { aVisitor, type Visit } from './visitor.ts'

let db: Database
let server: RunningServer
let browser: Browser
let visitAs: Visit
let park: Awaited<ReturnType<typeof aLivedParkOfKeys>>

const WAIT = { timeout: 20_000 }
const visit = (login: string, path: string, setting: Setting = {}): Promise<Page> =>
  visitAs(login, path, setting)
const close = (page: Page) => page.context().close()
const textOf = (page: Page) => page.locator('main').innerText()
const open = (page: Page, words: string | RegExp) => page.locator('summary', { hasText: words }).click()

const SEED = '3132333435363738393031323334353637383930'
const CSV = [
  'serie;graine;type;chiffres;date_fabrication;prix',
  `NEUVE-001;${SEED};hotp;6;2026-03-01;8,17`,
  `NEUVE-002;${SEED};hotp;6;2026-03-01;8,17`,
  'NEUVE-003;00;hotp;6;2026-03-01;8,17',
].join('\n')

beforeAll(async () => {
  db = await aDatabase()
  park = await aLivedParkOfKeys(db)
  server = await anE2eServer(park.deps)
  browser = await launchBrowser()
  visitAs = aVisitor(browser, server.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

describe('the stock', () => {
  it('says in words which département is under its threshold, and what is on its way', async () => {
    const page = await visit(park.diaser, '/cles')
    const text = await textOf(page)
    expect(text).toContain('Un département est sous son seuil')
    expect(text).toMatch(/Haute-Brume.*pour un seuil de 12, 6 en route/)
    expect(text).toContain('Remplacements à prévoir')
    await close(page)
  })

  for (const javaScript of [true, false])
    it(`changes a threshold, ${javaScript ? 'with' : 'without'} JavaScript, and refuses what is no number`, async () => {
      const page = await visit(park.diaser, '/cles', { javaScript })
      if (javaScript) await awake(page)
      const row = page.getByRole('article', { name: 'Côte-des-Pins' })
      await row.locator('summary').click()
      await row.getByLabel(/Alerter sous/).fill('beaucoup')
      await row.getByRole('button', { name: 'Fixer' }).click()
      await row.getByRole('alert').waitFor()
      expect(await row.getByLabel(/Alerter sous/).inputValue()).toBe('beaucoup')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
      await row.getByLabel(/Alerter sous/).fill(javaScript ? '7' : '9')
      await row.getByRole('button', { name: 'Fixer' }).click()
      await page.getByText(`le seuil est de ${javaScript ? 7 : 9}\u00a0clés`).waitFor()
      await close(page)
    })

  it('leads who sees keys without keeping a stock to the list', async () => {
    const page = await visit(park.ien, '/cles')
    expect(new URL(page.url()).pathname).toBe('/cles/liste')
    expect(await page.getByRole('link', { name: 'Import', exact: true }).count()).toBe(0)
    await close(page)
  })
})

describe('shipping', () => {
  it('sends a number of keys with a slip, and the département confirms them', async () => {
    const page = await visit(park.diaser, '/cles/expeditions?departement=993&nombre=3')
    await page.getByRole('button', { name: 'Expédier' }).click()
    await page.getByText(/3\s+clés\s+partent pour Côte-des-Pins/).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('status').getByRole('link', { name: /PDF/ }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^EX-993-\d{4}-\d{5}\.pdf$/)
    const card = page.getByRole('article').filter({ hasText: 'Côte-des-Pins' })
    await card.getByRole('checkbox').check()
    await card.getByRole('button', { name: /Confirmer/ }).click()
    await page.getByText('Réception confirmée').waitFor()
    await close(page)
  })

  it('keeps what was typed and names the serials that cannot leave', async () => {
    const page = await visit(park.diaser, '/cles/expeditions')
    await page.getByLabel('Pour le département').selectOption('991')
    await open(page, 'une à une')
    await page.getByLabel(/Numéros de série/).fill(`${park.story.serial}\nINCONNUE-9`)
    await page.getByRole('button', { name: 'Expédier' }).click()
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('INCONNUE-9')
    expect(await page.getByLabel(/Numéros de série/).inputValue()).toContain('INCONNUE-9')
    await close(page)
  })
})

describe('importing', () => {
  for (const javaScript of [true, false])
    it(`reports what came in and what was refused, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const page = await visit(park.diaser, '/cles/import', { javaScript })
      await page
        .getByLabel('Fichier de clés')
        .setInputFiles({ name: 'livraison.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) })
      await page.getByRole('button', { name: 'Importer' }).click()
      await page.waitForURL(/bilan=/)
      const report = page.getByRole('region', { name: 'Bilan de livraison.csv' })
      const text = await report.innerText()
      expect(text).toMatch(javaScript ? /2\s+entrées au stock/ : /2\s+déjà connues, inchangées/)
      expect(await report.locator('tbody tr').count()).toBe(1)
      expect(await report.locator('tbody tr').innerText()).toContain('4')
      await close(page)
    })

  it('is refused in plain words to who does not keep the stock', async () => {
    const page = await visit(park.osp, '/cles/import')
    await page.getByRole('heading', { level: 1, name: 'Cette page ne vous est pas ouverte' }).waitFor()
    await close(page)
  })
})

describe('the list of keys', () => {
  it('narrows by state in the address, and back comes back', async () => {
    const page = await visit(park.osp, '/cles/liste')
    await awake(page)
    await page.getByRole('link', { name: /Perdue/ }).click()
    await page.waitForURL(/etat=lost/)
    await expect.poll(() => page.locator('tbody tr').count(), WAIT).toBe(1)
    await page.goBack()
    await expect.poll(() => page.locator('tbody tr').count(), WAIT).toBeGreaterThan(1)
    await close(page)
  })

  for (const javaScript of [true, false])
    it(`finds by name without writing it in the address, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const page = await visit(park.osp, '/cles/liste', { javaScript })
      if (javaScript) await awake(page)
      await page.getByRole('searchbox').fill('Histoire')
      await page.getByRole('button', { name: 'Chercher' }).click()
      await expect
        .poll(() => page.locator('tbody th').allInnerTexts(), WAIT)
        .toEqual([expect.stringContaining(park.story.serial)])
      expect(page.url()).not.toContain('Histoire')
      await close(page)
    })

  it('leads to the key whose whole serial is typed', async () => {
    const page = await visit(park.osp, '/cles/liste')
    await page.getByRole('searchbox').fill(park.story.serial.toLowerCase())
    await page.getByRole('button', { name: 'Chercher' }).click()
    await page.waitForURL(new RegExp(`/cles/${park.story.serial}$`))
    await close(page)
  })
})

describe('the file of a key', () => {
  it('says who bound it, handed it over and stopped it, when, with the signed slip', async () => {
    const page = await visit(park.osp, `/cles/${park.story.serial}`)
    const history = await page.getByRole('list', { name: /Histoire/ }).innerText()
    expect(history).toMatch(/Attribuée à Camille Histoire[\s\S]*par Lucie Coffre/)
    expect(history).toMatch(/Remise en main propre à Camille Histoire[\s\S]*par Gaspard Remise/)
    expect(history).toMatch(new RegExp(`${park.story.number}[\\s\\S]*Signé`))
    expect(history).toContain('Congé de deux semaines')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: `PDF du bordereau ${park.story.number}` })
        .first()
        .click(),
    ])
    expect(download.suggestedFilename()).toBe(`${park.story.number}.pdf`)
    await close(page)
  })

  it('gives back the signed scan as it was attached', async () => {
    const page = await visit(park.ien, `/bordereaux/${park.story.slip}`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'bordereau signé.pdf' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('bordereau signé.pdf')
    await close(page)
  })

  for (const javaScript of [true, false])
    it(`revokes only once the serial is typed, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const serial = javaScript ? park.lost : park.spare
      const page = await visit(park.osp, `/cles/${serial}`, { javaScript })
      if (javaScript) await awake(page)
      await open(page, 'Révoquer')
      const form = page.locator('form', { hasText: 'Sans retour possible' }).filter({ hasText: 'Révoquer' })
      await form.getByRole('checkbox').check()
      await form.getByLabel(/Motif/).fill('Clé perdue, porteuse rappelée')
      await form.getByLabel(/Pour confirmer/).fill('AUTRE')
      await form.getByRole('button', { name: 'Révoquer' }).click()
      await form.getByRole('alert').waitFor()
      expect(await form.getByLabel(/Motif/).inputValue()).toBe('Clé perdue, porteuse rappelée')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
      await form.getByRole('checkbox').check()
      await form.getByLabel(/Pour confirmer/).fill(serial)
      await form.getByRole('button', { name: 'Révoquer' }).click()
      await page.getByText('C’est fait').waitFor()
      expect(await page.locator('main header').innerText()).toContain('Révoquée')
      await close(page)
    })

  it('pauses and resumes', async () => {
    const page = await visit(park.osp, `/cles/${park.story.serial}`)
    await awake(page)
    await open(page, 'Suspendre')
    await page.locator('#acte-pause-motif').fill('Vérification')
    await page.getByRole('button', { name: 'Suspendre' }).click()
    await page.getByText('C’est fait').waitFor()
    await open(page, /^Reprendre$/)
    await page.locator('details[open]').getByRole('button', { name: 'Reprendre', exact: true }).click()
    await expect.poll(() => page.locator('main header').innerText(), WAIT).toContain('Active')
    await close(page)
  })

  it('does not exist outside the perimeter', async () => {
    const page = await visit(park.head, `/cles/${park.story.serial}`)
    await page.getByRole('heading', { level: 1, name: 'Page introuvable' }).waitFor()
    await close(page)
  })
})

for (const width of WIDTHS)
  for (const scheme of SCHEMES)
    it(`is accessible, fits and is quiet at ${width} px, ${scheme}`, async () => {
      const page = await visit(park.diaser, '/cles', { width, scheme })
      const troubles = troublesOf(page)
      for (const path of [
        '/cles',
        '/cles/liste',
        '/cles/liste?etat=scrapped',
        `/cles/${park.story.serial}`,
        `/cles/${park.lost}`,
        '/cles/expeditions',
        '/cles/import',
      ]) {
        await page.goto(path)
        await awake(page)
        await unfold(page)
        expect(await axeViolations(page), path).toEqual([])
        expect(await sidewaysOverflow(page), path).toBeLessThanOrEqual(0)
      }
      expect(troubles).toEqual([])
      await close(page)
    })
