import { bindKey } from '@vigie/api/features/keys/bind-key.ts'
import { openProcedure } from '@vigie/api/features/procedures/open-procedure.ts'
import { readKey } from '@vigie/api/features/keys/read-key.ts'
import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awake, launchBrowser, SCHEMES, troublesOf, WIDTHS, type Setting } from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { anE2eServer } from '../support/e2e-server.ts'
import { aKey, as, codeOf, PIN } from '../support/key.ts'
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

const ien = () => as(deps, 'ien', 'circonscription', CIRCONSCRIPTION)
const osp = () => as(deps, 'osp', 'departement', '991')
const visit = (path: string, setting: Setting = {}, login = desk.ien) => visitAs(login, path, setting)
const day = (daysAway: number) => new Date(Date.now() + daysAway * 86_400_000).toISOString().slice(0, 10)

async function choose(page: Page, name: string) {
  await page.getByRole('searchbox').fill(name)
  await page.getByRole('button', { name: 'Chercher' }).click()
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click()
}

const current = (page: Page) => page.locator('li[aria-current="step"]')
const nextIs = (page: Page, label: string) => current(page).getByRole('heading', { name: label }).waitFor()

describe('a case from its opening to its end', () => {
  it('replaces a broken key: stopped, approved, revoked after a call, prepared, handed over', async () => {
    const { holder, key } = await desk.holding('Camille Cassée')
    const page = await visit('/procedures')
    const troubles = troublesOf(page)
    await page.getByRole('link', { name: 'Ouvrir une procédure' }).click()
    await page.getByRole('link', { name: /perdue, volée, cassée/ }).click()
    await choose(page, 'Camille Cassée')
    await page.getByLabel('Motif').fill('Écran noir depuis lundi')
    await page.getByRole('button', { name: 'Ouvrir la procédure' }).click()
    await nextIs(page, 'Signaler l’ancienne clé')
    const address = new URL(page.url()).pathname
    expect(page.url()).not.toMatch(/camille/i)

    await current(page).getByLabel('Cassée').check()
    await current(page).getByRole('button').click()
    await nextIs(page, 'Approuver le remplacement')
    expect((await readKey(osp(), key.serial)).state).toBe('broken')
    await current(page).getByRole('button', { name: 'C’est fait' }).click()
    await nextIs(page, 'Révoquer l’ancienne clé')
    expect(await current(page).getByRole('button').count()).toBe(0)
    expect(await current(page).innerText()).toContain('Officier de sécurité de proximité')

    const officer = await visit(address, {}, desk.osp)
    await current(officer)
      .getByLabel(/J’ai rappelé/)
      .check()
    await current(officer).getByRole('button', { name: 'Révoquer' }).click()
    await nextIs(officer, 'Préparer une clé')
    expect(await current(officer).getByRole('link').getAttribute('href')).toBe('/cles/liste?etat=stock')
    await officer.context().close()
    const spare = await aKey(deps, { departement: '991' })
    await bindKey(osp(), spare.serial, holder.id)

    await page.goto(address)
    await nextIs(page, 'Remettre la clé en main propre')
    await current(page).getByRole('link', { name: 'Ouvrir l’assistant de remise' }).click()
    await page.waitForURL(`**/remise/${spare.serial}`)
    await page.getByLabel('Passeport').check()
    await page.getByLabel(/correspondent/).check()
    await page.getByRole('button', { name: 'Continuer' }).click()
    await page.getByLabel('Numéro lu sur la clé').fill(spare.serial)
    await page.getByRole('button', { name: 'Établir le bordereau' }).click()
    await page.getByRole('link', { name: /continuer/ }).click()
    await page.getByLabel('Code PIN', { exact: true }).fill(PIN)
    await page.getByLabel('Encore une fois').fill(PIN)
    await page.getByRole('button', { name: 'Garder ce code PIN' }).click()
    await page.getByLabel('Votre code PIN').fill(PIN)
    await page.getByLabel('Le code que la clé affiche').fill(codeOf(deps, spare, 0))
    await page.getByRole('button', { name: 'Activer la clé' }).click()
    await page.getByRole('heading', { name: 'La clé fonctionne' }).waitFor()

    await page.goto(address)
    expect(await page.locator('main').innerText()).toContain('toutes les étapes sont faites')
    expect(await page.locator('li[aria-current]').count()).toBe(0)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  it('opens a stand-in without JavaScript, refuses a return too near, and suspends the absent one’s key', async () => {
    const { key } = await desk.holding('Lou Absente')
    await desk.someone('Noa Remplaçante')
    const page = await visit('/procedures/nouvelle', { javaScript: false })
    await page.getByRole('link', { name: /absent plus d’une semaine/ }).click()
    await choose(page, 'Lou Absente')
    await page.getByText('Qui remplace Lou Absente ?').waitFor()
    await choose(page, 'Noa Remplaçante')
    await page.getByLabel('Retour prévu le').fill(day(3))
    await page.getByLabel('Motif').fill('Formation')
    await page.getByRole('button', { name: 'Ouvrir la procédure' }).click()
    await page.getByRole('alert').filter({ hasText: 'semaine' }).waitFor()
    expect(await page.getByLabel('Motif').inputValue()).toBe('Formation')
    await page.getByLabel('Retour prévu le').fill(day(30))
    await page.getByRole('button', { name: 'Ouvrir la procédure' }).click()
    await nextIs(page, 'Donner les droits au remplaçant')
    await current(page).getByRole('button', { name: 'C’est fait' }).click()
    await nextIs(page, 'Suspendre la clé de l’absent')
    await current(page).getByRole('button', { name: 'Suspendre' }).click()
    await nextIs(page, 'Préparer une clé')
    expect((await readKey(ien(), key.serial)).state).toBe('paused')
    await page.context().close()
  })

  it('is cancelled with a reason, and says what is left to put right', async () => {
    const { holder } = await desk.holding('Eden Annulant')
    const { id: other } = await desk.someone('Sacha Suppléant')
    const { id } = await openProcedure(ien(), {
      kind: 'stand_in',
      holderId: holder.id,
      otherHolderId: other,
    })
    const page = await visit(`/procedures/${id}`)
    await current(page).getByRole('button', { name: 'C’est fait' }).click()
    await nextIs(page, 'Suspendre la clé de l’absent')
    await current(page).getByRole('button', { name: 'Suspendre' }).click()
    await nextIs(page, 'Préparer une clé')
    await disclose(page, 'Annuler cette procédure')
    await page.getByLabel('Pourquoi l’annuler').fill('Absence écourtée')
    await page.getByRole('button', { name: 'Annuler la procédure' }).click()
    await page.getByText('remettez-la en service').waitFor()
    await page.goto('/procedures?closes=oui')
    expect(await page.locator('tbody').innerText()).toContain('Annulé')
    await page.context().close()
  })
})

describe('the list', () => {
  it('puts what is late first, and filters by case in the address', async () => {
    const late = await desk.holding('Andréa Partante')
    const { id: newcomer } = await desk.someone('Maxence Nouveau')
    await openProcedure(ien(), { kind: 'first_appointment', holderId: newcomer })
    await openProcedure(ien(), { kind: 'departure', holderId: late.holder.id, dueOn: day(-5) })
    const page = await visit('/procedures')
    const first = await page.locator('tbody tr').first().innerText()
    expect(first).toMatch(/Andréa Partante[\s\S]*En retard/)
    await page.getByRole('link', { name: 'Premières nominations' }).click()
    await page.waitForURL(/cas=first_appointment/)
    await expect.poll(() => page.locator('tbody').innerText()).not.toContain('Andréa')
    await page.context().close()
  })

  it('tells a stranger to the perimeter that there is nothing', async () => {
    const page = await visit('/procedures', {}, desk.otherIen)
    expect(await page.locator('main').innerText()).toContain('Aucune procédure en cours')
    await page.context().close()
  })
})

describe('a hand-over session', () => {
  it('is set, filled with those who were named, convoked, and printed to be signed', async () => {
    const { id: holder } = await desk.someone('Charlie Nommée')
    await openProcedure(ien(), { kind: 'first_appointment', holderId: holder })
    const page = await visit('/seances', {}, desk.diaser)
    await awake(page)
    await page.getByLabel('Jour').fill(day(60))
    await page.getByLabel('Heure').fill('09:30')
    await page.getByLabel('Lieu').fill('Salle Condorcet')
    await page.getByRole('button', { name: 'Fixer la séance' }).click()
    await page.getByRole('heading', { level: 1, name: /à 09:30/ }).waitFor()
    await page.getByRole('button', { name: /^Inviter/ }).click()
    await page.getByRole('status').filter({ hasText: 'Il reste à les convoquer' }).waitFor()
    await page.getByRole('button', { name: /^Convoquer/ }).click()
    await page.getByRole('status').filter({ hasText: 'imprimez la liste' }).waitFor()
    expect(await page.locator('tbody').innerText()).toContain('Charlie Nommée')
    expect(await page.getByRole('columnheader', { name: 'Émargement' }).count()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    await page.getByRole('columnheader', { name: 'Émargement' }).waitFor()
    expect(await page.getByRole('button', { name: 'Retirer' }).count()).toBe(0)
    await page.context().close()
  })

  it('is only read by those who do not set it', async () => {
    const page = await visit('/seances')
    expect(await page.getByRole('button', { name: 'Fixer la séance' }).count()).toBe(0)
    await page.context().close()
  })
})

for (const scheme of SCHEMES)
  it(`is accessible and fits at every width, ${scheme}: lists, cases, opening, sessions`, async () => {
    const { holder } = await desk.holding(`Noa Visible ${scheme}`)
    const { id } = await openProcedure(ien(), { kind: 'replacement', holderId: holder.id })
    const page = await visit('/procedures', { scheme })
    const diaser = await visit('/seances', { scheme }, desk.diaser)
    const session = await diaser.locator('tbody a').first().getAttribute('href')
    for (const width of WIDTHS) {
      for (const one of [page, diaser]) await one.setViewportSize({ width, height: 900 })
      for (const path of [
        '/procedures',
        '/procedures?cas=return_of_holder&closes=oui',
        `/procedures/${id}`,
        '/procedures/nouvelle',
        `/procedures/nouvelle?cas=departure&porteur=${holder.id}`,
        '/procedures/nouvelle?cas=stand_in',
      ]) {
        await page.goto(path)
        await isFitAndAccessible(page)
      }
      await page.getByRole('searchbox').fill('noa')
      await page.getByRole('button', { name: 'Chercher' }).click()
      await page.getByRole('heading', { name: /trouvée/ }).waitFor()
      await isFitAndAccessible(page)
      for (const path of ['/seances', session ?? '/seances']) {
        await diaser.goto(path)
        await isFitAndAccessible(diaser)
      }
    }
    await page.context().close()
    await diaser.context().close()
  })
