import { choosePin } from '@vigie/api/features/keys/choose-pin.ts'
import { readKey } from '@vigie/api/features/keys/read-key.ts'
import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awake, launchBrowser, SCHEMES, troublesOf, WIDTHS, type Setting } from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { anE2eServer } from '../support/e2e-server.ts'
import { as, codeOf, PIN } from '../support/key.ts'
import { aDesk, CIRCONSCRIPTION, disclose, isFitAndAccessible } from './key-desk.ts'
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

const superior = () => as(deps, 'ien', 'circonscription', CIRCONSCRIPTION)
const stateOf = async (serial: string) => (await readKey(superior(), serial)).state
const visit = (path: string, setting: Setting = {}) => visitAs(desk.ien, path, setting)
const step = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 2, name }).waitFor()

async function checkIdentity(page: Page) {
  await page.getByLabel('Carte d’identité').check()
  await page.getByLabel(/correspondent/).check()
  await page.getByRole('button', { name: 'Continuer' }).click()
  await step(page, /bonne clé/)
}

async function scan(page: Page, serial: string) {
  await page.getByLabel('Numéro lu sur la clé').fill(serial)
  await page.getByRole('button', { name: 'Établir le bordereau' }).click()
}

async function signSlip(page: Page) {
  await page.getByRole('link', { name: /continuer/ }).click()
  await step(page, 'Choisissez votre code PIN')
}

async function typePin(page: Page, pin: string, again = pin) {
  await page.getByLabel('Code PIN', { exact: true }).fill(pin)
  await page.getByLabel('Encore une fois').fill(again)
  await page.getByRole('button', { name: 'Garder ce code PIN' }).click()
}

async function tryCode(page: Page, code: string) {
  await page.getByLabel('Votre code PIN').fill(PIN)
  await page.getByLabel('Le code que la clé affiche').fill(code)
  await page.getByRole('button', { name: 'Activer la clé' }).click()
}

describe('the keys to hand over', () => {
  it('open by a scan, and are found by name without the name standing in the address', async () => {
    const { key } = await desk.holding('Noa Trouvée', { until: 'initialised' })
    const page = await visit('/remise')
    await page.getByRole('searchbox').fill('trouvée')
    await page.getByRole('button', { name: 'Chercher' }).click()
    await page.getByRole('heading', { name: '1\u00a0clé trouvée' }).waitFor()
    expect(page.url()).not.toMatch(/trouv/i)
    await page.getByRole('searchbox').fill(key.serial.toLowerCase())
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/remise/${key.serial}`)
    await page.context().close()
  })

  it('say in words that nothing is waiting', async () => {
    const page = await visitAs(desk.otherIen, '/remise')
    expect(await page.locator('main').innerText()).toContain('Aucune clé ne vous attend')
    await page.context().close()
  })
})

describe('a hand-over', () => {
  it('goes from the identity to a key that works, with a thumb alone', async () => {
    const { key, displayName } = await desk.holding('Noa Bernard', { until: 'initialised' })
    const page = await visit('/remise')
    const troubles = troublesOf(page)
    await page.getByRole('link', { name: new RegExp(displayName) }).click()
    await step(page, /Est-ce bien Noa Bernard/)
    await checkIdentity(page)
    await scan(page, ` ${key.serial.toLowerCase()} `)
    await step(page, /signer le bordereau/)
    const pdf = await page.getByRole('link', { name: /PDF/ }).getAttribute('href')
    const slip = await page.request.get(pdf ?? '')
    expect([slip.status(), slip.headers()['content-type']]).toEqual([200, 'application/pdf'])
    await signSlip(page)
    await awake(page)
    const pad = page.getByRole('group', { name: 'Clavier du code PIN' })
    for (const digit of PIN + PIN) await pad.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: 'Garder ce code PIN' }).click()
    await step(page, /Essayez/)
    const both = page.getByRole('group', { name: /du code PIN et du code/ })
    for (const digit of PIN + codeOf(deps, key, 0))
      await both.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: 'Activer la clé' }).click()
    await step(page, 'La clé fonctionne')
    expect(await stateOf(key.serial)).toBe('active')
    expect(troubles).toEqual([])
    await page.context().close()
  })

  it('shows and says nothing of the PIN while it is typed', async () => {
    const { key } = await desk.holding('Eden Discret', { until: 'handed_over' })
    const page = await visit(`/remise/${key.serial}?etape=pin`)
    await awake(page)
    const pad = page.getByRole('group', { name: 'Clavier du code PIN' })
    await pad.getByRole('button', { name: '7', exact: true }).click()
    await pad.getByRole('button', { name: '4', exact: true }).click()
    expect(await page.locator('[aria-live="polite"]').innerText()).toBe('Code PIN : 2 chiffres sur 4')
    expect(await page.getByLabel('Code PIN', { exact: true }).getAttribute('type')).toBe('password')
    expect(await page.getByLabel('Code PIN', { exact: true }).inputValue()).toBe('74')
    await pad.getByRole('button', { name: 'Effacer' }).click()
    expect(await page.getByLabel('Code PIN', { exact: true }).inputValue()).toBe('')
    await page.context().close()
  })

  it('stops at another key than the one that was prepared', async () => {
    const { key } = await desk.holding('Lou Autre', { until: 'initialised' })
    const page = await visit(`/remise/${key.serial}`)
    await checkIdentity(page)
    await scan(page, 'AUTRE-0001')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain(key.serial)
    await expect.poll(() => alert.evaluate((node) => node === document.activeElement)).toBe(true)
    expect(await stateOf(key.serial)).toBe('initialised')
    await page.context().close()
  })

  it.each([
    ['0000', '0000', /trop facile à deviner/],
    ['1234', '1234', /trop facile à deviner/],
    [PIN, '8520', /deux saisies diffèrent/],
  ])('refuses the PIN %s confirmed by %s, in a plain sentence', async (pin, again, said) => {
    const { key } = await desk.holding('Lou Facile', { until: 'handed_over' })
    const page = await visit(`/remise/${key.serial}?etape=pin`)
    await awake(page)
    await typePin(page, pin, again)
    await page.getByRole('alert').filter({ hasText: said }).waitFor()
    expect(await page.getByLabel('Code PIN', { exact: true }).inputValue()).toBe('')
    await page.context().close()
  })

  it('is taken up where it was left, after a reload and from the list', async () => {
    const { key, displayName } = await desk.holding('Andréa Reprise', { until: 'handed_over' })
    const page = await visit('/remise')
    await page.getByRole('region', { name: 'À reprendre' }).getByRole('link', { name: displayName }).click()
    await step(page, /signer le bordereau/)
    await signSlip(page)
    await awake(page)
    await typePin(page, PIN)
    await step(page, /Essayez/)
    await page.goto(`/remise/${key.serial}`)
    await step(page, /Essayez/)
    await page.reload()
    await step(page, /Essayez/)
    await page.context().close()
  })

  it('says what to do after a refused code, and finds a drifted key again', async () => {
    const { key } = await desk.holding('Charlie Dérive', { until: 'handed_over' })
    await choosePin(superior(), key.serial, PIN)
    const page = await visit(`/remise/${key.serial}`)
    await awake(page)
    await tryCode(page, codeOf(deps, key, 40))
    await page.getByRole('alert').waitFor()
    await expect
      .poll(() => page.locator('main').innerText())
      .toMatch(/Que faire[\s\S]*resynchronisez[\s\S]*9\u00a0essais/)
    await page.getByRole('link', { name: /resynchronisez/ }).click()
    await step(page, 'Resynchronisez la clé')
    await page.getByLabel('Premier code').fill(codeOf(deps, key, 40))
    await page.getByLabel('Code suivant').fill(codeOf(deps, key, 41))
    await page.getByRole('button', { name: 'Resynchroniser' }).click()
    await page.getByText('La clé est resynchronisée').waitFor()
    await tryCode(page, codeOf(deps, key, 42))
    await step(page, 'La clé fonctionne')
    await page.context().close()
  })

  it('is undone with a reason, which brings the key back to prepared', async () => {
    const { key } = await desk.holding('Sacha Annulée', { until: 'handed_over' })
    const page = await visit(`/remise/${key.serial}`)
    await awake(page)
    await disclose(page, 'Interrompre ou annuler')
    await page.getByRole('button', { name: 'Annuler la remise' }).click()
    await page.getByRole('alert').filter({ hasText: 'Dites pourquoi' }).waitFor()
    await page.getByLabel('Ce n’est pas la bonne clé').check()
    await page.getByRole('button', { name: 'Annuler la remise' }).click()
    await page.getByText('La remise est annulée').waitFor()
    expect(await stateOf(key.serial)).toBe('initialised')
    await page.context().close()
  })

  it('goes to its end without JavaScript', async () => {
    const { key } = await desk.holding('Camille Sobre', { until: 'initialised' })
    const page = await visit(`/remise/${key.serial}`, { javaScript: false })
    await checkIdentity(page)
    await scan(page, key.serial)
    await step(page, /signer le bordereau/)
    await signSlip(page)
    await typePin(page, '1111')
    await page.getByRole('alert').filter({ hasText: 'trop facile' }).waitFor()
    await typePin(page, PIN)
    await step(page, /Essayez/)
    await tryCode(page, codeOf(deps, key, 0))
    await step(page, 'La clé fonctionne')
    await page.context().close()
  })

  it('is not for those who are not the superior, and says so of a key that has nobody', async () => {
    const { key } = await desk.holding('Eden Réservée', { until: 'initialised' })
    const osp = await visitAs(desk.osp, `/remise/${key.serial}`)
    expect(await osp.locator('main').innerText()).toContain('Cette remise ne vous revient pas')
    await osp.context().close()
    const stranger = await visitAs(desk.otherIen, `/remise/${key.serial}`)
    expect(await stranger.locator('main').innerText()).toContain('404')
    await stranger.context().close()
  })
})

/** The desk’s own screen. */
const TABLET = 820

for (const width of [...WIDTHS, TABLET])
  for (const scheme of SCHEMES)
    it(`is accessible and fits at ${width} px, ${scheme}, at every step`, async () => {
      const prepared = await desk.holding('Noa Identité', { until: 'initialised' })
      const handed = await desk.holding('Noa Bordereau', { until: 'handed_over' })
      const chosen = await desk.holding('Noa Code', { until: 'handed_over' })
      await choosePin(superior(), chosen.key.serial, PIN)
      const active = await desk.holding('Noa Active')
      const page = await visit('/remise', { width, scheme })
      await isFitAndAccessible(page)
      for (const path of [
        handed.key.serial,
        `${handed.key.serial}?etape=pin`,
        chosen.key.serial,
        `${chosen.key.serial}?etape=resynchronisation`,
        active.key.serial,
        prepared.key.serial,
      ]) {
        await page.goto(`/remise/${path}`)
        await awake(page)
        const leave = page.locator('summary', { hasText: 'Interrompre' })
        if ((await leave.count()) > 0) await leave.click()
        await isFitAndAccessible(page)
      }
      await checkIdentity(page)
      await scan(page, 'AUTRE-0001')
      await page.getByRole('alert').waitFor()
      await isFitAndAccessible(page)
      await page.context().close()
    })
