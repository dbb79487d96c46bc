import { addRecipient } from '@vigie/api/features/deployment/add-recipient.ts'
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
import { as } from '../support/key.ts'
import { aLivedParkOfKeys } from './lived-keys.ts'
import { aVisitor, type Visit } from './visitor.ts'

let db: Database
let server: RunningServer
let browser: Browser
let visitAs: Visit
let park: Awaited<ReturnType<typeof aLivedParkOfKeys>>

const visit = (login: string, path: string, setting: Setting = {}): Promise<Page> =>
  visitAs(login, path, setting)
const close = (page: Page) => page.context().close()

beforeAll(async () => {
  db = await aDatabase()
  park = await aLivedParkOfKeys(db)
  await addRecipient(as(park.deps, 'diaser', 'academie', '98'), { mail: 'premier@exemple.fr' })
  server = await anE2eServer(park.deps)
  browser = await launchBrowser()
  visitAs = aVisitor(browser, server.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

describe('the deployment', () => {
  it('shows each département’s progress and every Friday, as a picture and as a table', async () => {
    const page = await visit(park.comite, '/deploiement', { javaScript: false })
    const text = await page.locator('main').innerText()
    expect(text).toMatch(/Haute-Brume[\s\S]*\d\s+\/\s+4\s+\(\d+\s+%\)/)
    expect(await page.getByRole('img', { name: /chaque vendredi/ }).count()).toBe(1)
    await page.locator('summary', { hasText: 'Lire les relevés' }).click()
    expect(
      await page
        .getByRole('table', { name: /Chiffres figés/ })
        .locator('tbody tr')
        .count(),
    ).toBe(6)
    await close(page)
  })

  it('says when the next report is counted, and that no mail server is set', async () => {
    const page = await visit(park.diaser, '/deploiement')
    const report = await page.getByRole('region', { name: 'Relevé du vendredi' }).innerText()
    expect(report).toMatch(/Prochain\s+\d/)
    expect(report).toContain('Aucun serveur de messagerie n’est réglé')
    await close(page)
  })

  it('names no key, and no way to change recipients, to a committee', async () => {
    const page = await visit(park.comite, '/deploiement')
    expect(await page.getByRole('button', { name: /Ajouter|Retirer/ }).count()).toBe(0)
    expect(await page.locator('main a[href^="/cles"]').count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Déploiement des clés' }).count()).toBe(1)
    await close(page)
  })

  for (const javaScript of [true, false])
    it(`adds a recipient once and takes it off, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const page = await visit(park.diaser, '/deploiement', { javaScript })
      if (javaScript) await awake(page)
      const mail = javaScript ? 'avec@exemple.fr' : 'sans@exemple.fr'
      const recipients = page.getByRole('region', { name: 'Destinataires' })
      const add = async (address: string) => {
        await recipients.getByLabel('Ajouter une adresse').fill(address)
        await recipients.getByRole('button', { name: 'Ajouter' }).click()
      }
      await add('premier@exemple.fr')
      await recipients.getByRole('alert').waitFor()
      expect(await recipients.getByLabel('Ajouter une adresse').inputValue()).toBe('premier@exemple.fr')
      await add(mail)
      await page.getByText(`${mail} recevra le relevé`).waitFor()
      await recipients.getByRole('button', { name: `Retirer ${mail}` }).click()
      await page.getByText(`${mail} ne recevra plus`).waitFor()
      expect(page.url()).not.toContain(mail)
      await close(page)
    })
})

for (const width of WIDTHS)
  for (const scheme of SCHEMES)
    it(`is accessible, fits and is quiet at ${width} px, ${scheme}`, async () => {
      const page = await visit(park.diaser, '/deploiement', { width, scheme })
      const troubles = troublesOf(page)
      await page.reload()
      await awake(page)
      await unfold(page)
      expect(await axeViolations(page)).toEqual([])
      expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0)
      expect(troubles).toEqual([])
      await close(page)
    })
