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

/** A page of PDF, as a scanner would name it. */
const SCAN = {
  name: 'scan.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
}

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

describe('the holders', () => {
  it('narrows by function in the address, and finds a name without writing it there', async () => {
    const page = await visit(park.osp, '/porteurs')
    await awake(page)
    await page.getByLabel('Fonction').selectOption('mairie')
    await page.getByRole('button', { name: 'Filtrer' }).click()
    await page.waitForURL(/fonction=mairie/)
    await expect
      .poll(() => page.locator('tbody th').allInnerTexts(), WAIT)
      .toEqual([expect.stringContaining('Mairie de Villeneuve-les-Essais')])
    await page.goto('/porteurs')
    await page.getByRole('searchbox').fill('histoire')
    await page.getByRole('button', { name: 'Chercher' }).click()
    await expect
      .poll(() => page.locator('tbody th').allInnerTexts(), WAIT)
      .toEqual([expect.stringContaining('Camille Histoire')])
    expect(page.url()).not.toContain('histoire')
    await close(page)
  })

  it('says what to do when nobody answers', async () => {
    const page = await visit(park.osp, '/porteurs', { javaScript: false })
    await page.getByRole('searchbox').fill('Introuvable')
    await page.getByRole('button', { name: 'Chercher' }).click()
    await page.getByText('Aucun porteur ne répond à « Introuvable »').waitFor()
    await close(page)
  })
})

describe('registering a holder', () => {
  for (const javaScript of [true, false])
    it(`keeps what was typed, shows the faulty field, then opens the file, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const page = await visit(park.osp, '/porteurs/nouveau', { javaScript })
      if (javaScript) await awake(page)
      const login = javaScript ? 'nouvelle.avec' : 'nouvelle.sans'
      await page.getByLabel('Fonction').selectOption('directeur_ecole')
      expect(await page.getByLabel(/INSEE/).isVisible()).toBe(false)
      await page.getByLabel(/Identifiant dans/).fill(login)
      await page.getByLabel('Prénom et nom').fill('Alix Nouvelle')
      await page.getByLabel(/UAI/).fill('0999999Z')
      await page.getByRole('button', { name: 'Inscrire' }).click()
      await page.getByRole('alert').waitFor()
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
      expect(await page.getByLabel('Prénom et nom').inputValue()).toBe('Alix Nouvelle')
      expect(await page.getByLabel(/UAI/).getAttribute('aria-invalid')).toBe('true')
      await page.getByLabel(/UAI/).fill(park.school)
      await page.getByRole('button', { name: 'Inscrire' }).click()
      await page.getByRole('heading', { level: 1, name: 'Alix Nouvelle' }).waitFor()
      expect(page.url()).not.toMatch(/Nouvelle|nouvelle/)
      await close(page)
    })

  it('is refused in plain words to who only hands over', async () => {
    const page = await visit(park.ien, '/porteurs/nouveau')
    await page.getByRole('heading', { level: 1, name: 'Cette page ne vous est pas ouverte' }).waitFor()
    await close(page)
  })
})

describe('files', () => {
  it('registers holders line by line, then binds keys in a batch with a slip per addressee', async () => {
    const page = await visit(park.osp, '/porteurs/fichiers')
    const holders = [
      'fonction;identifiant;nom;uai',
      `directeur;lot.un;Lot Un;${park.school}`,
      `directeur;lot.deux;Lot Deux;${park.school}`,
      'directeur;lot.trois;Lot Trois;0999999Z',
    ].join('\n')
    await page
      .locator('#porteurs-fichier')
      .setInputFiles({ name: 'porteurs.csv', mimeType: 'text/csv', buffer: Buffer.from(holders) })
    await page.getByRole('button', { name: 'Lire et inscrire' }).click()
    const report = page.getByRole('region', { name: 'Bilan de porteurs.csv' })
    await report.waitFor()
    expect(await report.innerText()).toMatch(/2\s+porteurs inscrits[\s\S]*1\s+ligne refusée/)
    expect(await report.locator('tbody tr').count()).toBe(1)

    const serials = await page.evaluate(async () => {
      const answer = await fetch('/v1/keys?state=stock&departement=991&pageSize=2&expiring=0')
      const whole = await fetch('/v1/keys?state=stock&departement=991&pageSize=50')
      const ended = ((await answer.json()) as { rows: { serial: string }[] }).rows.map(({ serial }) => serial)
      const all = ((await whole.json()) as { rows: { serial: string }[] }).rows.map(({ serial }) => serial)
      return all.filter((serial) => !ended.includes(serial)).slice(0, 2)
    })
    const bindings = `serie;identifiant\n${serials[0]};lot.un\n${serials[1]};lot.deux\nINCONNUE-1;lot.un`
    await page
      .locator('#attributions-fichier')
      .setInputFiles({ name: 'lot.csv', mimeType: 'text/csv', buffer: Buffer.from(bindings) })
    await page.getByRole('button', { name: 'Lire et attribuer' }).click()
    const batch = page.getByRole('region', { name: 'Bilan de lot.csv' })
    await batch.waitFor()
    expect(await batch.innerText()).toMatch(/2\s+clés attribuées[\s\S]*1\s+ligne refusée/)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      batch.getByRole('link', { name: /PDF/ }).first().click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^RR-.*\.pdf$/)
    await close(page)
  })
})

describe('the file of a holder', () => {
  it('prepares a key from the stock of the département', async () => {
    const page = await visit(park.osp, `/porteurs/${park.free}`)
    await awake(page)
    await page.getByLabel(/Numéro de série/).fill('INCONNUE-2')
    await page.getByRole('button', { name: 'Préparer' }).click()
    await page.getByRole('alert').waitFor()
    const serial = (await page.locator('#attribuer-stock option').first().getAttribute('value')) ?? ''
    await page.getByLabel(/Numéro de série/).fill(serial)
    await page.getByRole('button', { name: 'Préparer' }).click()
    await page.getByText('La clé est préparée').waitFor()
    expect(await page.locator('main header').innerText()).toContain(serial)
    await close(page)
  })

  for (const javaScript of [true, false])
    it(`is kept up to date, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const page = await visit(park.osp, `/porteurs/${park.story.holder}`, { javaScript })
      if (javaScript) await awake(page)
      const number = javaScript ? '01 99 00 11 22' : '01 99 00 33 44'
      await page.locator('summary', { hasText: 'Modifier' }).click()
      await page.getByLabel('Téléphone de rappel').fill(number)
      await page.getByRole('button', { name: 'Enregistrer' }).click()
      await page.getByText('La fiche est à jour.').waitFor()
      expect(await page.getByRole('region', { name: 'La personne' }).innerText()).toContain(number)
      await close(page)
    })

  it('is not closed while a key is still held', async () => {
    const page = await visit(park.osp, `/porteurs/${park.story.holder}`)
    await page.getByRole('button', { name: 'A quitté ses fonctions' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.locator('main header').innerText()).not.toContain('A quitté ses fonctions')
    await close(page)
  })

  it('offers no change to who only hands over', async () => {
    const page = await visit(park.ien, `/porteurs/${park.story.holder}`)
    expect(await page.getByRole('button', { name: 'Enregistrer' }).count()).toBe(0)
    expect(await page.locator('main').innerText()).toContain('Remise en main propre')
    await close(page)
  })
})

describe('the slips', () => {
  it('lists those that wait for their scan, the oldest first, and takes the scan', async () => {
    const page = await visit(park.osp, '/bordereaux')
    await page.getByRole('link', { name: /Les? voir/ }).click()
    await page.waitForURL(/attente=15/)
    await page
      .getByRole('link', { name: /Joindre le scan/ })
      .first()
      .click()
    await page.getByLabel(/Scan ou photo/).setInputFiles({
      name: 'faux.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('pas un PDF'),
    })
    await page.getByRole('button', { name: 'Joindre le scan' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel(/Scan ou photo/).setInputFiles(SCAN)
    await page.getByRole('button', { name: 'Joindre le scan' }).click()
    await page.getByText('Le scan est joint').waitFor()
    expect(await page.locator('main').innerText()).toMatch(/Signé[\s\S]*scan\.pdf/)
    await close(page)
  })

  it('takes a scan from the file of a holder, and comes back to it', async () => {
    const page = await visit(park.osp, `/porteurs/${park.mairie}`, { javaScript: false })
    await page.locator('summary', { hasText: 'Joindre le scan signé' }).click()
    await page.getByLabel(/Scan ou photo/).setInputFiles(SCAN)
    await page.getByRole('button', { name: 'Joindre le scan' }).click()
    await page.waitForURL(new RegExp(`/porteurs/${park.mairie}$`))
    expect(await page.getByRole('region', { name: 'Bordereaux' }).innerText()).toContain('Signé')
    await close(page)
  })
})

for (const width of WIDTHS)
  for (const scheme of SCHEMES)
    it(`is accessible, fits and is quiet at ${width} px, ${scheme}`, async () => {
      const page = await visit(park.osp, '/porteurs', { width, scheme })
      const troubles = troublesOf(page)
      for (const path of [
        '/porteurs',
        '/porteurs?fonction=externe',
        '/porteurs/nouveau',
        '/porteurs/fichiers',
        `/porteurs/${park.story.holder}`,
        `/porteurs/${park.mairie}`,
        '/bordereaux',
        '/bordereaux?nature=restitution_mairie',
        `/bordereaux/${park.story.slip}`,
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
