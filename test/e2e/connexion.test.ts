import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  axeViolations,
  launchBrowser,
  openContext,
  SCHEMES,
  sidewaysOverflow,
  signIn,
  WIDTHS,
  type Setting,
} from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anE2eServer, aPerson, PASSWORD } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'

let db: Database
let server: RunningServer
let browser: Browser
let rssi: string
let head: string
let uai: string
let elsewhere: string

const open = async (path: string, setting: Setting = {}): Promise<Page> => {
  const context = await openContext(browser, server.url, setting)
  const page = await context.newPage()
  await page.goto(path)
  return page
}

const pathOf = (page: Page) => new URL(page.url()).pathname

beforeAll(async () => {
  db = await aDatabase()
  const deps = depsOn(db)
  uai = await anEtablissement().college().insert(db)
  elsewhere = await anEtablissement().college().insert(db)
  rssi = await aPerson(deps, { role: 'rssi', perimeter: { kind: 'academie', code: '98' } })
  head = await aPerson(deps, { role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: uai } })
  server = await anE2eServer(deps)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

describe.each([true, false])('signing in, JavaScript %s', (javaScript) => {
  it('keeps the login and says what is wrong, then leads where the person was going', async () => {
    const page = await open('/catalogue?level=E', { javaScript })
    expect(pathOf(page)).toBe('/connexion')
    await page.getByLabel('Identifiant').fill(rssi)
    await page.getByLabel('Mot de passe').fill('pas le bon')
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Identifiant').inputValue()).toBe(rssi)
    expect(await page.getByLabel('Mot de passe').inputValue()).toBe('')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
    await page.getByLabel('Mot de passe').fill(PASSWORD)
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.waitForURL(/\/catalogue\?level=E$/)
    await page.context().close()
  })
})

describe('after signing in', () => {
  it('leads the head of an establishment to its bulletin and the RSSI to the mosaic', async () => {
    const headPage = await open('/')
    await signIn(headPage, head, PASSWORD)
    expect(pathOf(headPage)).toBe(`/etablissements/${uai}`)
    await headPage.context().close()
    const rssiPage = await open('/')
    await signIn(rssiPage, rssi, PASSWORD)
    expect(pathOf(rssiPage)).toBe('/academie')
    await rssiPage.context().close()
  })

  it('never leads to another site', async () => {
    const page = await open('/connexion?vers=//ailleurs.test/')
    await signIn(page, rssi, PASSWORD).catch(() => {})
    expect(new URL(page.url()).origin).toBe(server.url)
    await page.context().close()
  })

  it('hides another establishment behind a page that says why it may not be seen', async () => {
    const page = await open('/')
    await signIn(page, head, PASSWORD)
    const answer = await page.goto(`/etablissements/${elsewhere}`)
    expect(answer?.status()).toBe(404)
    await page.getByText('hors de votre périmètre').waitFor()
    await page.context().close()
  })

  it('closes the session for good', async () => {
    const page = await open('/')
    await signIn(page, rssi, PASSWORD)
    const cookies = await page.context().cookies()
    await page.locator('.account summary').click()
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.getByText('Vous êtes déconnecté.').waitFor()
    await page.context().addCookies(cookies)
    await page.goto('/academie')
    expect(pathOf(page)).toBe('/connexion')
    await page.context().close()
  })
})

describe('what every page is served with', () => {
  it('forbids foreign scripts and frames, and keeps pages out of caches', async () => {
    const { headers } = await fetch(`${server.url}/connexion`)
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self' 'nonce-[^']+'(;|$)/)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('private, no-store')
  })

  it('ships neither the State’s typeface nor its logo', async () => {
    const page = await open('/connexion')
    const sheets = await page
      .locator('link[rel=stylesheet]')
      .evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href))
    const css = (await Promise.all(sheets.map(async (href) => (await fetch(href)).text()))).join('\n')
    expect(css).not.toMatch(/@font-face|Marianne/)
    await page.context().close()
  })

  it('remembers the chosen appearance, without JavaScript too, before anything is drawn', async () => {
    const page = await open('/connexion', { javaScript: false })
    await page.getByRole('button', { name: 'Sombre' }).click()
    await page.waitForURL(/\/connexion$/)
    expect(await page.locator('html').getAttribute('data-fr-theme')).toBe('dark')
    await page.context().close()
  })
})

describe.each(WIDTHS)('the sign-in page at %i px', (width) => {
  it.each(SCHEMES)('has no accessibility violation, with an error too, %s', async (scheme) => {
    const page = await open('/connexion', { width, scheme })
    expect(await axeViolations(page)).toEqual([])
    await page.getByLabel('Identifiant').fill('personne')
    await page.getByLabel('Mot de passe').fill('rien')
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.getByRole('alert').waitFor()
    expect(await axeViolations(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toBe(0)
    await page.context().close()
  })
})
