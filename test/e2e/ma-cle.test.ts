import { proveCode } from '@vigie/api/features/otp/prove.ts'
import { readKey } from '@vigie/api/features/keys/read-key.ts'
import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAccount } from '../support/account.ts'
import { awake, launchBrowser, SCHEMES, troublesOf, WIDTHS, type Setting } from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { contextOf } from '../support/deps.ts'
import { anE2eServer, PASSWORD } from '../support/e2e-server.ts'
import { aHeldKey, aHolder, as, codeOf, PIN, type HeldKeyOptions } from '../support/key.ts'
import { aDesk, disclose, isFitAndAccessible, visitWithKey } from './key-desk.ts'
import { depsNow } from './lived-etablissement.ts'
import { aVisitor, type Visit } from './visitor.ts'

let db: Database
let server: RunningServer
let browser: Browser
let visitAs: Visit
let deps: ReturnType<typeof depsNow>
let desk: Awaited<ReturnType<typeof aDesk>>
let people = 0

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

const NEW_PIN = '7391'

/** Someone with an account and a key in self-service; the second code of the key signs in, the third is free. */
async function aPorteur(options: HeldKeyOptions = {}) {
  const login = `porteur.cle.${(people += 1)}`
  const grants = [{ role: 'porteur', perimeter: { kind: 'academie', code: '98' } }] as const
  await openAccount(deps, { login, password: PASSWORD, grants })
  const holder = await aHolder(deps, { uai: desk.uai, login, displayName: 'Camille Porteuse' })
  const key = await aHeldKey(deps, holder.id, options)
  const enter = (setting: Setting = {}) =>
    visitWithKey(browser, server.url, { login, code: codeOf(deps, key, 1), path: '/ma-cle' }, setting)
  const proves = (pin: string, n: number) =>
    proveCode(contextOf(deps), {
      holderId: holder.id,
      pin,
      code: codeOf(deps, key, n),
      channel: 'self_service',
    })
  return { login, holder, key, enter, proves }
}

const stateOf = async (serial: string) => (await readKey(as(deps, 'osp', 'departement', '991'), serial)).state
const opened = (page: Page) => page.locator('details[open]')

async function choose(page: Page, code: string, pin: string, again = pin) {
  await opened(page).getByLabel('Code affiché par la clé').fill(code)
  await opened(page).getByLabel('Nouveau code PIN').fill(pin)
  await opened(page).getByLabel('Encore une fois').fill(again)
  await opened(page)
    .getByRole('button', { name: /code PIN$/ })
    .click()
}

describe('my key', () => {
  it('says in a few sentences that it works, until when, and what only the help desk does', async () => {
    const { enter, key } = await aPorteur()
    const page = await enter()
    const text = await page.locator('main').innerText()
    expect(text).toMatch(/Votre clé fonctionne\.\s+Son dernier code a été accepté à l’instant/)
    expect(text).toContain('jusqu’au 15 janvier 2030')
    expect(text).toContain(key.serial)
    expect(text).toMatch(
      /Ce que seule l’assistance peut faire\s+J’ai oublié ma clé[\s\S]*Appelez l’assistance/,
    )
    await page.context().close()
  })

  it('is told to wait for its hand-over when it is only prepared', async () => {
    const { login } = await aPorteur({ until: 'initialised' })
    const page = await visitAs(login, '/ma-cle')
    const text = await page.locator('main').innerText()
    expect(text).toContain('Une clé est préparée à votre nom')
    expect(await page.locator('summary', { hasText: 'code PIN' }).count()).toBe(0)
    await isFitAndAccessible(page)
    await page.context().close()
  })

  it('says where to turn when there is none', async () => {
    const page = await visitAs(desk.ien, '/ma-cle')
    expect(await page.locator('main').innerText()).toContain('Aucune clé n’est à votre nom')
    await isFitAndAccessible(page)
    await page.context().close()
  })
})

describe('the holder', () => {
  it('changes the PIN, after a plain refusal of a guessable one', async () => {
    const { enter, key, proves } = await aPorteur()
    const page = await enter()
    await awake(page)
    const troubles = troublesOf(page)
    await disclose(page, 'Changer mon code PIN')
    await opened(page).getByLabel('Code PIN actuel').fill(PIN)
    await choose(page, codeOf(deps, key, 2), '4444')
    const alert = opened(page).getByRole('alert')
    await alert.filter({ hasText: 'trop facile à deviner' }).waitFor()
    await expect.poll(() => alert.evaluate((node) => node === document.activeElement)).toBe(true)
    expect(await opened(page).getByLabel('Code PIN actuel').inputValue()).toBe('')
    await opened(page).getByLabel('Code PIN actuel').fill(PIN)
    await choose(page, codeOf(deps, key, 2), NEW_PIN)
    await page.getByRole('status').filter({ hasText: 'nouveau code PIN est enregistré' }).waitFor()
    expect(await proves(PIN, 3)).toBe(false)
    expect(await proves(NEW_PIN, 4)).toBe(true)
    expect(troubles.filter((trouble) => !trouble.includes('422'))).toEqual([])
    await page.context().close()
  })

  it('chooses another PIN when it is forgotten, without JavaScript', async () => {
    const { enter, key, proves } = await aPorteur()
    const page = await enter({ javaScript: false })
    await disclose(page, 'J’ai oublié mon code PIN')
    await choose(page, codeOf(deps, key, 2), NEW_PIN, '7392')
    await page.getByRole('alert').filter({ hasText: 'diffèrent' }).waitFor()
    await choose(page, codeOf(deps, key, 2), NEW_PIN)
    await page.getByRole('status').filter({ hasText: 'nouveau code PIN est enregistré' }).waitFor()
    expect(await proves(NEW_PIN, 3)).toBe(true)
    await page.context().close()
  })

  it('resynchronises with two codes', async () => {
    const { enter, key, proves } = await aPorteur()
    const page = await enter()
    await awake(page)
    await disclose(page, 'Resynchroniser la clé')
    await opened(page)
      .getByLabel('Premier code')
      .fill(codeOf(deps, key, 50))
    await opened(page)
      .getByLabel('Code suivant')
      .fill(codeOf(deps, key, 51))
    await opened(page).getByRole('button', { name: 'Resynchroniser' }).click()
    await page.getByRole('status').filter({ hasText: 'resynchronisée' }).waitFor()
    expect(await proves(PIN, 52)).toBe(true)
    await page.context().close()
  })

  it('reports a loss, confirmed, and sees at once that the key is dead and what comes next', async () => {
    const { enter, key } = await aPorteur()
    const page = await enter()
    await awake(page)
    await disclose(page, 'Signaler une clé')
    await opened(page).getByLabel('Perdue').check()
    await opened(page).getByLabel('Ce qui s’est passé').fill('Oubliée dans un train, hier soir')
    await opened(page).getByRole('button', { name: 'Désactiver ma clé' }).click()
    expect(await stateOf(key.serial)).toBe('active')
    await opened(page)
      .getByLabel(/Je confirme/)
      .check()
    await opened(page).getByRole('button', { name: 'Désactiver ma clé' }).click()
    await page.getByRole('region', { name: 'État de ma clé' }).getByText('signalée perdue').waitFor()
    expect(await stateOf(key.serial)).toBe('lost')
    expect(await page.getByRole('region', { name: 'En cours' }).innerText()).toContain('Prochaine étape')
    expect(await page.locator('summary', { hasText: 'Signaler' }).count()).toBe(0)
    await page.context().close()
  })
})

for (const scheme of SCHEMES)
  it(`is accessible and fits at every width, ${scheme}, with each act open and a refusal`, async () => {
    const { enter } = await aPorteur()
    const page = await enter({ scheme })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto('/ma-cle')
      await awake(page)
      await isFitAndAccessible(page)
      for (const act of ['Changer', 'Resynchroniser', 'Signaler']) {
        await disclose(page, act)
        await isFitAndAccessible(page)
      }
      await disclose(page, 'J’ai oublié mon code PIN')
      await choose(page, '000000', NEW_PIN, '7392')
      await page.getByRole('alert').waitFor()
      await isFitAndAccessible(page)
    }
    await page.context().close()
  })
