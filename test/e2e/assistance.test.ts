import { readKey } from '@vigie/api/features/keys/read-key.ts'
import type { RunningServer } from '@vigie/api/server'
import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awake, launchBrowser, SCHEMES, troublesOf, WIDTHS, type Setting } from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { anE2eServer } from '../support/e2e-server.ts'
import { as, codeOf } from '../support/key.ts'
import { aDesk, disclose, isFitAndAccessible } from './key-desk.ts'
import { depsNow } from './lived-etablissement.ts'
import { aVisitor, type Visit } from './visitor.ts'

let db: Database
let server: RunningServer
let browser: Browser
let visitAs: Visit
let deps: ReturnType<typeof depsNow>
let desk: Awaited<ReturnType<typeof aDesk>>

beforeAll(async () => {
  db = await aDatabase()
  deps = depsNow(db)
  desk = await aDesk(deps)
  server = await anE2eServer(deps)
  browser = await launchBrowser()
  visitAs = aVisitor(browser, server.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

const visit = (setting: Setting = {}) => visitAs(desk.assistance, '/assistance', setting)
const platform = () => as(deps, 'assistance', 'academie', '98')

async function search(page: Page, q: string) {
  await page.getByRole('searchbox').fill(q)
  await page.getByRole('button', { name: 'Chercher' }).click()
}

const card = (page: Page, name: string) =>
  page.getByRole('heading', { level: 2, name, exact: true }).waitFor()
const opened = (page: Page) => page.locator('details[open]')

/** Locks a key as ten failures leave it. */
async function lock(holderId: string, keyId: string) {
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    await tx.update(schema.otpKey).set({ state: 'locked' }).where(eq(schema.otpKey.id, keyId))
    await tx
      .update(schema.otpCredential)
      .set({ failCount: 10, active: false })
      .where(eq(schema.otpCredential.holderId, holderId))
  })
}

describe('the search', () => {
  it('finds by name, by login and by serial, and keeps them out of the address', async () => {
    const { holder, key, displayName } = await desk.holding('Maxence Cherché')
    const page = await visit()
    for (const q of ['cherché', holder.login, key.serial]) {
      await page.goto('/assistance')
      await search(page, q)
      await card(page, displayName)
      expect(page.url()).not.toContain(q)
    }
    await page.context().close()
  })

  it('offers the people when several match, and opens the one who is chosen', async () => {
    await desk.holding('Dominique Jumelle')
    await desk.someone('Dominique Jumeau')
    const page = await visit()
    await search(page, 'dominique')
    await page.getByRole('heading', { name: '2\u00a0personnes trouvées' }).waitFor()
    await page.getByRole('button', { name: /Jumeau/ }).click()
    await card(page, 'Dominique Jumeau')
    expect(await page.locator('main').innerText()).toContain('Aucune clé n’est à son nom')
    await page.context().close()
  })

  it('says so when nobody matches', async () => {
    const page = await visit()
    await search(page, 'introuvable')
    await page.getByText('Personne ne correspond').waitFor()
    await page.context().close()
  })

  it('is for the help desk alone', async () => {
    const page = await visitAs(desk.ien, '/assistance')
    expect(await page.locator('main').innerText()).toContain('plateforme d’assistance')
    expect(await page.getByRole('searchbox').count()).toBe(0)
    await page.context().close()
  })
})

describe('the acts', () => {
  it('unlock a key once the known number was called, and not before', async () => {
    const { holder, key, displayName } = await desk.holding('Charlie Verrouillé')
    await lock(holder.id, key.id)
    const page = await visit()
    const troubles = troublesOf(page)
    await search(page, key.serial)
    await card(page, displayName)
    expect(await page.locator('main').innerText()).toContain('Sa clé est verrouillée')
    expect(await page.locator('summary').filter({ hasText: 'Dépanner' }).count()).toBe(0)
    await disclose(page, 'Déverrouiller la clé')
    expect(await opened(page).getByRole('link').getAttribute('href')).toBe('tel:+33199000000')
    await opened(page).getByRole('button', { name: 'Déverrouiller' }).click()
    expect((await readKey(platform(), key.serial)).state).toBe('locked')
    await page.getByLabel(/J’ai rappelé/).check()
    await opened(page).getByRole('button', { name: 'Déverrouiller' }).click()
    await page.getByRole('status').filter({ hasText: 'déverrouillée' }).waitFor()
    expect((await readKey(platform(), key.serial)).state).toBe('active')
    expect(troubles).toEqual([])
    await page.context().close()
  })

  for (const javaScript of [true, false])
    it(`show a temporary password once, with its end, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const { key, displayName } = await desk.holding(`Eden Oubli ${javaScript ? 'Un' : 'Deux'}`)
      const page = await visit({ javaScript })
      await search(page, key.serial)
      await card(page, displayName)
      await disclose(page, 'Dépanner une clé oubliée')
      await opened(page).getByLabel('4 heures', { exact: true }).check()
      await opened(page)
        .getByLabel(/J’ai rappelé/)
        .check()
      await opened(page).getByRole('button', { name: 'Donner un mot de passe' }).click()
      await page.getByText('Mot de passe de dépannage', { exact: true }).waitFor()
      const text = await page.locator('main').innerText()
      const password = /\b\d{4} \d{4}\b/.exec(text)?.[0] ?? ''
      expect(text).toMatch(/Valable jusqu’au \d/)
      expect(password).not.toBe('')
      await search(page, key.serial)
      await expect.poll(() => page.getByText('Mot de passe de dépannage', { exact: true }).count()).toBe(0)
      expect(await page.locator('main').innerText()).toContain('Un mot de passe de dépannage est en cours')
      expect(await page.content()).not.toContain(password.slice(0, 4) + password.slice(5))
      await page.context().close()
    })

  it('resynchronise with two codes, and put the focus on a refusal', async () => {
    const { key, displayName } = await desk.holding('Noa Décalée')
    const page = await visit()
    await search(page, key.serial)
    await card(page, displayName)
    await disclose(page, 'Resynchroniser la clé')
    const give = async (first: string, second: string) => {
      await opened(page).getByLabel('Premier code dicté').fill(first)
      await opened(page).getByLabel('Code suivant').fill(second)
      await opened(page).getByRole('button', { name: 'Resynchroniser' }).click()
    }
    await give(codeOf(deps, key, 60), codeOf(deps, key, 90))
    const alert = opened(page).getByRole('alert')
    await alert.waitFor()
    await expect.poll(() => alert.evaluate((node) => node === document.activeElement)).toBe(true)
    await give(codeOf(deps, key, 60), codeOf(deps, key, 61))
    await page.getByRole('status').filter({ hasText: 'resynchronisée' }).waitFor()
    await page.context().close()
  })

  it('ask for a replacement, which stops the key and opens the case', async () => {
    const { key, displayName } = await desk.holding('Andréa Volée')
    const page = await visit()
    await search(page, key.serial)
    await card(page, displayName)
    await disclose(page, 'Demander le remplacement')
    await opened(page).getByLabel('Volée').check()
    await opened(page).getByRole('button', { name: 'Demander le remplacement' }).click()
    await page.getByRole('link', { name: 'Suivre la demande' }).click()
    await page.waitForURL(/\/procedures\//)
    expect((await readKey(platform(), key.serial)).state).toBe('stolen')
    await page.context().close()
  })

  it('never show a code, a PIN, or what a key holds', async () => {
    const { key } = await desk.holding('Sacha Secrète')
    const page = await visit()
    await search(page, key.serial)
    await card(page, 'Sacha Secrète')
    const content = await page.content()
    for (const secret of [codeOf(deps, key, 1), Buffer.from(key.seed).toString('hex'), '2580'])
      expect(content).not.toContain(secret)
    await page.context().close()
  })
})

for (const width of WIDTHS)
  for (const scheme of SCHEMES)
    it(`is accessible and fits at ${width} px, ${scheme}, with a person, a list and a refusal`, async () => {
      const { key, displayName } = await desk.holding('Lou Accessible')
      const page = await visit({ width, scheme })
      await awake(page)
      await isFitAndAccessible(page)
      await search(page, 'lou')
      await page.locator('main h2').first().waitFor()
      await isFitAndAccessible(page)
      await search(page, key.serial)
      await card(page, displayName)
      for (const act of ['Effacer', 'Dépanner', 'Demander']) {
        await disclose(page, act)
        await isFitAndAccessible(page)
      }
      await disclose(page, 'Resynchroniser')
      await opened(page).getByLabel('Premier code dicté').fill('111111')
      await opened(page).getByLabel('Code suivant').fill('222222')
      await opened(page).getByRole('button', { name: 'Resynchroniser' }).click()
      await page.getByRole('alert').waitFor()
      await isFitAndAccessible(page)
      await page.context().close()
    })
