import { STRONG_ROLES } from '@vigie/api/access'
import type { RunningServer } from '@vigie/api/server'
import { crypto } from '@otplib/plugin-crypto-node'
import type { Database } from '@vigie/db'
import { generateSync } from 'otplib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAccount } from '../support/account.ts'
import {
  axeViolations,
  launchBrowser,
  openContext,
  SCHEMES,
  sidewaysOverflow,
  troublesOf,
  WIDTHS,
  type Setting,
} from '../support/browser.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anE2eServer, PASSWORD } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { anOtpSubject } from '../support/otp.ts'

let db: Database
let server: RunningServer
let browser: Browser
let deps: ReturnType<typeof depsOn>
let opened = 0
const clock = aClock()

beforeAll(async () => {
  db = await aDatabase()
  const { config } = depsOn(db)
  deps = depsOn(db, { clock, config: { ...config, strongRoles: STRONG_ROLES } })
  server = await anE2eServer(deps)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

const anRssi = async () => {
  const login = `rssi-${(opened += 1)}`
  const grants = [{ role: 'rssi', perimeter: { kind: 'academie', code: '98' } }] as const
  await openAccount(deps, { login, password: PASSWORD, grants })
  return login
}

async function typePassword(login: string, setting: Setting = {}, path = '/connexion'): Promise<Page> {
  const context = await openContext(browser, server.url, setting)
  const page = await context.newPage()
  await page.goto(path)
  await page.getByLabel('Identifiant').fill(login)
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL((url) => url.pathname !== '/connexion')
  return page
}

async function shownSecret(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Afficher ma clé' }).click()
  await page.getByText('Je ne peux pas scanner').click()
  return (await page.locator('.enrol__secret code').innerText()).replaceAll(' ', '')
}

const codeOf = (secret: string) =>
  generateSync({ secret, strategy: 'totp', epoch: clock.now().getTime() / 1_000, crypto })

async function adopt(page: Page): Promise<string> {
  const secret = await shownSecret(page)
  await page.getByLabel(/Code à six chiffres/).fill(codeOf(secret))
  await page.getByLabel(/Numéro où vous rappeler/).fill('05 00 00 00 00')
  await page.getByRole('button', { name: 'Adopter cette clé' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/connexion'))
  return secret
}

describe.each([true, false])('signing in with a key, JavaScript %s', (javaScript) => {
  it('adopts a key at the first sign-in, shows its code at the next, and leads where the person was going', async () => {
    const login = await anRssi()
    const first = await typePassword(login, { javaScript }, '/catalogue?level=E')
    expect(new URL(first.url()).pathname).toBe('/connexion/cle')
    const secret = await adopt(first)
    expect(first.url()).toContain('/catalogue?level=E')
    clock.advance(30_000)
    const second = await typePassword(login, { javaScript })
    expect(new URL(second.url()).pathname).toBe('/connexion/code')
    await second.goto('/academie')
    expect(new URL(second.url()).pathname).toBe('/connexion/code')
    await second.getByLabel(/Code affiché/).fill('000000')
    await second.getByRole('button', { name: 'Terminer la connexion' }).click()
    await second.getByText(/Code refusé/).waitFor()
    await second.getByLabel(/Code affiché/).fill(codeOf(secret))
    await second.getByRole('button', { name: 'Terminer la connexion' }).click()
    await second.waitForURL(/academie/)
    await first.context().close()
    await second.context().close()
  })

  it('keeps the key on screen after a wrong code, with the number that was typed', async () => {
    const page = await typePassword(await anRssi(), { javaScript })
    const secret = await shownSecret(page)
    await page.getByLabel(/Code à six chiffres/).fill('000000')
    await page.getByLabel(/Numéro où vous rappeler/).fill('05 00 00 00 00')
    await page.getByRole('button', { name: 'Adopter cette clé' }).click()
    await page.getByText(/ne vient pas de la clé affichée/).waitFor()
    expect(await page.locator('input[name=cle]').inputValue()).toBe(secret.replace(/(.{4})(?=.)/g, '$1 '))
    expect(await page.getByLabel(/Numéro où vous rappeler/).inputValue()).toBe('05 00 00 00 00')
    await page.context().close()
  })
})

describe.each([true, false])('who cannot show a code, JavaScript %s', (javaScript) => {
  it('reports the key from the sign-in, and is still asked for a code', async () => {
    const login = `chef-${(opened += 1)}`
    const uai = await anEtablissement().insert(db)
    const grants = [{ role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: uai } }] as const
    const accountId = await openAccount(deps, { login, password: PASSWORD, grants })
    await anOtpSubject(deps, { accountId })
    const page = await typePassword(login, { javaScript })
    expect(new URL(page.url()).pathname).toBe('/connexion/code')
    await page.getByRole('link', { name: 'Le signaler ou la resynchroniser' }).click()
    await page.waitForURL(/ma-cle/)
    await page.getByText('Signaler une clé perdue, volée ou cassée').click()
    await page.getByRole('radio', { name: /perdue/i }).check()
    await page.getByLabel('Ce qui s’est passé').fill('Tombée pendant un trajet')
    await page.getByLabel(/Je confirme/).check()
    await page.getByRole('button', { name: 'Désactiver ma clé' }).click()
    await page
      .getByText(/Votre clé est signalée perdue/)
      .first()
      .waitFor()
    await page.goto('/catalogue')
    expect(new URL(page.url()).pathname).toBe('/connexion/code')
    await page.context().close()
  })
})

describe('the pages of a sign-in under way', () => {
  it.each(WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ width, scheme }))))(
    'are accessible at $width px, $scheme',
    async (setting) => {
      const login = await anRssi()
      const page = await typePassword(login, setting)
      const troubles = troublesOf(page)
      expect(await axeViolations(page)).toEqual([])
      await shownSecret(page)
      expect(await axeViolations(page)).toEqual([])
      expect(await sidewaysOverflow(page)).toBe(0)
      await page.goto('/connexion/cle')
      await adopt(page)
      const again = await typePassword(login, setting)
      expect(await axeViolations(again)).toEqual([])
      expect(await sidewaysOverflow(again)).toBe(0)
      expect(troubles).toEqual([])
      await page.context().close()
      await again.context().close()
    },
  )
})
