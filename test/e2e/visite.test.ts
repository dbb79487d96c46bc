import { Buffer } from 'node:buffer'
import type { Page, Route } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { awake, axeViolations, SCHEMES, sidewaysOverflow, signIn, unfold } from '../support/browser.ts'
import { PASSWORD } from '../support/e2e-server.ts'
import { aRunningCampaign } from './lived-campaign.ts'
import { aPhoto, keptPhotos, lookAt } from './photos.ts'
import { aStage, leave } from './stage.ts'

const stage = aStage(aRunningCampaign)

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const at = () => `/visites/${stage.cast.visit}`
const card = (page: Page, requirement: string) => page.locator(`#r-${requirement}`)
const sending = (page: Page, requirement: string) => card(page, requirement).getAttribute('data-state')
const choose = (page: Page, requirement: string, word: string) =>
  card(page, requirement).getByRole('radio', { name: word, exact: true }).check()
const opensOffline = (page: Page) => page.locator('[data-kept]').waitFor({ timeout: 20_000 })

const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)
/** What a link of the page gives. */
async function download(page: Page, name: string): Promise<Buffer> {
  const link = page.getByRole('link', { name, exact: true })
  await link.waitFor()
  const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', stage.url).href)
  return Buffer.from(await answer.body())
}
const keptPaths = (page: Page) =>
  page.evaluate(async () => {
    const kept = await Promise.all(
      (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
    )
    return kept
      .flat()
      .map(({ url }) => new URL(url).pathname)
      .filter((path) => path.startsWith('/visites/'))
  })

describe('a checklist', () => {
  it('is filled and saved without JavaScript; a form sent twice counts once', async () => {
    const page = await stage.visit(stage.cast.people.osp, at(), { javaScript: false })
    await choose(page, 'MCO-SVG-9', 'Partiel')
    await card(page, 'MCO-SVG-9').getByRole('textbox').fill('Affiché en salle des maîtres seulement.')
    await page.getByRole('button', { name: 'Enregistrer ce service' }).click()
    await page.getByRole('status').filter({ hasText: 'enregistré' }).waitFor()
    expect(await card(page, 'MCO-SVG-9').getByRole('radio', { name: 'Partiel' }).isChecked()).toBe(true)
    expect(await card(page, 'MCO-SVG-9').getByRole('textbox').inputValue()).toContain('salle des maîtres')
    await page.getByRole('button', { name: 'Enregistrer ce service' }).click()
    await page.getByRole('status').filter({ hasText: 'Rien n’a changé' }).waitFor()
    await leave(page)
  })

  it(
    'opens without the network, keeps answers over a closed tab, and sends them when the network is back',
    { timeout: 90_000 },
    async () => {
      const page = await stage.visit(stage.cast.people.osp, at())
      await awake(page)
      await opensOffline(page)
      await choose(page, 'MCO-SVG-1', 'Conforme')
      await expect.poll(() => sending(page, 'MCO-SVG-1'), { timeout: 15_000 }).toBe('sent')

      const context = page.context()
      await context.setOffline(true)
      await choose(page, 'MCO-SVG-2', 'Non conforme')
      await card(page, 'MCO-SVG-2').getByRole('textbox').fill('Aucune copie depuis la rentrée.')
      await expect.poll(() => sending(page, 'MCO-SVG-2')).toBe('waiting')
      await page.locator('[data-sync]').getByText('Hors ligne').waitFor()
      await page.close()

      const again = await context.newPage()
      await again.goto(at())
      await awake(again)
      expect(
        await card(again, 'MCO-SVG-1').getByRole('radio', { name: 'Conforme', exact: true }).isChecked(),
      ).toBe(true)
      await expect.poll(() => sending(again, 'MCO-SVG-2')).toBe('waiting')
      expect(await card(again, 'MCO-SVG-2').getByRole('textbox').inputValue()).toBe(
        'Aucune copie depuis la rentrée.',
      )
      await again.reload()
      await awake(again)
      await expect.poll(() => sending(again, 'MCO-SVG-2')).toBe('waiting')
      await choose(again, 'MCO-SVG-3', 'Partiel')

      await again
        .getByLabel('Ce que vous constatez', { exact: true })
        .fill('Le disque de sauvegarde reste branché.')
      await again.getByLabel(/^Photos/).setInputFiles([
        { name: 'disque.png', mimeType: 'image/png', buffer: PNG },
        { name: 'facture.pdf', mimeType: 'application/pdf', buffer: PDF },
      ])
      await again.getByRole('button', { name: 'Noter le constat' }).click()
      await again.getByText('noté sur la tablette').waitFor()
      await again.reload()
      await awake(again)
      await again.getByText('disque.jpg, facture.pdf').waitFor()

      await context.setOffline(false)
      await expect.poll(() => sending(again, 'MCO-SVG-2'), { timeout: 30_000 }).toBe('sent')
      await again.getByText('Tout est envoyé').waitFor({ timeout: 30_000 })
      await again.getByRole('link', { name: 'disque.jpg' }).waitFor()
      expect((await download(again, 'facture.pdf')).equals(PDF)).toBe(true)
      await leave(again)
    },
  )

  it(
    'reduces a photo on the tablet, upright and without where it was taken, before it is kept or sent',
    { timeout: 90_000 },
    async () => {
      const page = await stage.visit(stage.cast.people.osp, at())
      await awake(page)
      await opensOffline(page)
      const taken = await aPhoto(page, { width: 2_600, height: 1_300, turned: true })
      expect(await lookAt(page, taken)).toMatchObject({ located: true, width: 1_300, height: 2_600 })
      await page.context().setOffline(true)
      await page.getByLabel('Ce que vous constatez', { exact: true }).fill('La baie reste ouverte.')
      await page.getByLabel(/^Photos/).setInputFiles([
        { name: 'baie.jpg', mimeType: 'image/jpeg', buffer: taken },
        { name: 'illisible.heic', mimeType: 'image/heic', buffer: Buffer.from('no picture') },
      ])
      await page.getByRole('button', { name: 'Noter le constat' }).click()
      await page.getByText('noté sur la tablette').waitFor()
      const [kept, unread] = await keptPhotos(page)
      const reduced = { located: false, width: 960, height: 1_920, top: 'red', bottom: 'blue' }
      expect(await lookAt(page, kept!)).toEqual(reduced)
      expect(unread!.toString()).toBe('no picture')
      expect(kept!.length).toBeLessThan(taken.length)

      // A network that answers in Vigie's place, then lets through.
      let refused = 0
      const portal = (route: Route) => {
        refused += 1
        return route.fulfill({ contentType: 'text/html', body: 'Portail' })
      }
      await page.route('**/constat', portal, { times: 1 })
      await page.context().setOffline(false)
      await page.getByRole('link', { name: 'baie.jpg' }).waitFor({ timeout: 30_000 })
      expect(await lookAt(page, await download(page, 'baie.jpg'))).toEqual(reduced)
      expect(refused).toBe(1)
      await leave(page)
    },
  )

  it(
    'shows both answers when someone else answered meanwhile, and lets a person choose',
    { timeout: 90_000 },
    async () => {
      const { people } = stage.cast
      const tablet = await stage.visit(people.osp, at())
      await awake(tablet)
      await opensOffline(tablet)
      await tablet.context().setOffline(true)
      await choose(tablet, 'MCO-SVG-5', 'Conforme')
      await expect.poll(() => sending(tablet, 'MCO-SVG-5')).toBe('waiting')

      const colleague = await stage.visit(people.ien, at())
      await awake(colleague)
      await choose(colleague, 'MCO-SVG-5', 'Non conforme')
      await expect.poll(() => sending(colleague, 'MCO-SVG-5'), { timeout: 15_000 }).toBe('sent')
      await leave(colleague)

      await tablet.context().setOffline(false)
      const conflict = tablet.locator('form.conflict')
      await conflict.waitFor({ timeout: 30_000 })
      expect(await conflict.innerText()).toMatch(/Non conforme[\s\S]*Conforme/)
      expect(await axeViolations(tablet)).toEqual([])
      await conflict
        .getByRole('button', { name: /Garder celle-ci/ })
        .last()
        .click()
      await tablet.getByText('Votre choix est fait').waitFor()
      await expect.poll(() => conflict.count()).toBe(0)
      await expect
        .poll(() =>
          card(tablet, 'MCO-SVG-5').getByRole('radio', { name: 'Conforme', exact: true }).isChecked(),
        )
        .toBe(true)
      await leave(tablet)
    },
  )

  it(
    'never sends what one person answered under the name of another who signed in meanwhile',
    { timeout: 90_000 },
    async () => {
      const { people } = stage.cast
      const tablet = await stage.visit(people.osp, at())
      await awake(tablet)
      await opensOffline(tablet)
      const context = tablet.context()
      await context.setOffline(true)
      await choose(tablet, 'MCO-SVG-7', 'Partiel')
      await expect.poll(() => sending(tablet, 'MCO-SVG-7')).toBe('waiting')
      const own = await context.cookies()
      const colleague = await stage.visit(people.ien, at())
      await context.clearCookies()
      await context.addCookies(await colleague.context().cookies())
      await context.setOffline(false)
      await tablet.getByText('Session terminée').waitFor({ timeout: 30_000 })
      expect(await sending(tablet, 'MCO-SVG-7')).toBe('waiting')
      await colleague.reload()
      expect(await sending(colleague, 'MCO-SVG-7')).toBe('none')

      await context.clearCookies()
      await context.addCookies(own)
      await tablet.getByRole('button', { name: 'Envoyer maintenant' }).click()
      await expect.poll(() => sending(tablet, 'MCO-SVG-7'), { timeout: 30_000 }).toBe('sent')
      await leave(colleague)
      await leave(tablet)
    },
  )

  for (const scheme of SCHEMES)
    it(`is accessible and fits from a phone to a large screen, ${scheme}`, { timeout: 60_000 }, async () => {
      const page = await stage.visit(stage.cast.people.osp, at(), { scheme })
      await awake(page)
      for (const width of [390, 820, 1280, 2560]) {
        await page.setViewportSize({ width, height: 1100 })
        await unfold(page)
        if (width !== 2560) expect(await axeViolations(page), `${width}`).toEqual([])
        expect(await sidewaysOverflow(page), `${width}`).toBeLessThanOrEqual(0)
      }
      await leave(page)
    })

  it(
    'is closed by a person: the answers count, and say so where the status is explained',
    { timeout: 60_000 },
    async () => {
      const page = await stage.visit(stage.cast.people.osp, at())
      await awake(page)
      await opensOffline(page)
      expect(await keptPaths(page)).toEqual([at()])
      await page.getByLabel('J’ai fini cette visite').check()
      await page.getByRole('button', { name: 'Clore la visite' }).click()
      await page.getByText('La visite est close').first().waitFor()
      expect(await page.getByRole('radio').count()).toBe(0)
      await expect.poll(() => keptPaths(page)).toEqual([])
      await page.reload()
      await awake(page)
      await page.waitForLoadState('networkidle')
      expect(await keptPaths(page)).toEqual([])
      await page.goto(`/etablissements/${stage.cast.first}/exigences/MCO-SVG-2`)
      expect(await page.locator('main').innerText()).toContain('Vérifié sur place')
      await leave(page)
    },
  )

  it(
    'is reopened by a person who says why, without JavaScript; what was refused meanwhile is sent again',
    { timeout: 90_000 },
    async () => {
      const { people } = stage.cast
      const plain = await stage.visit(people.osp, at(), { javaScript: false })
      await plain.getByLabel('Pourquoi').fill('Close avant d’avoir vu le serveur.')
      await plain.getByLabel('Je rouvre cette visite').check()
      await plain.getByRole('button', { name: 'Rouvrir la visite' }).click()
      await plain.getByText('La visite est rouverte').waitFor()
      expect(await plain.locator('main').innerText()).toContain(': Close avant d’avoir vu le serveur.')
      expect(await card(plain, 'MCO-SVG-2').getByRole('radio', { name: 'Non conforme' }).isChecked()).toBe(
        true,
      )
      expect(await plain.locator('main').innerText()).not.toContain('compte depuis la clôture')

      const tablet = await stage.visit(people.osp, at())
      await awake(tablet)
      await opensOffline(tablet)
      await tablet.context().setOffline(true)
      await choose(tablet, 'MCO-SVG-8', 'Conforme')
      await expect.poll(() => sending(tablet, 'MCO-SVG-8')).toBe('waiting')
      await plain.getByLabel('J’ai fini cette visite').check()
      await plain.getByRole('button', { name: 'Clore la visite' }).click()
      await plain.getByText('La visite est close').first().waitFor()
      await tablet.context().setOffline(false)
      await expect.poll(() => sending(tablet, 'MCO-SVG-8'), { timeout: 30_000 }).toBe('refused')
      expect(await axeViolations(tablet)).toEqual([])

      await tablet.getByLabel('Pourquoi').fill('Une réponse manquait.')
      await tablet.getByLabel('Je rouvre cette visite').check()
      await tablet.getByRole('button', { name: 'Rouvrir la visite' }).click()
      await tablet.getByText('La visite est rouverte').waitFor()
      await card(tablet, 'MCO-SVG-8').getByRole('button', { name: 'Renvoyer' }).click()
      await expect.poll(() => sending(tablet, 'MCO-SVG-8'), { timeout: 30_000 }).toBe('sent')
      await leave(plain)
      await leave(tablet)
    },
  )

  it('leaves no page to be read on the tablet once its reader signed out', { timeout: 60_000 }, async () => {
    const page = await stage.visit(stage.cast.people.ien, at())
    await page.context().clearCookies()
    await signIn(page, stage.cast.people.ien, PASSWORD)
    await page.goto(at())
    await awake(page)
    await opensOffline(page)
    expect(await keptPaths(page)).toEqual([at()])
    await page.locator('details.account summary').click()
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.getByText('Vous êtes déconnecté').waitFor()
    await expect.poll(() => keptPaths(page)).toEqual([])
    await page.context().setOffline(true)
    await page.goto(at())
    await page.getByText('n’a pas encore été ouverte').waitFor()
    await leave(page)
  })

  it('is only read by the school', async () => {
    const page = await stage.visit(stage.cast.people.head, at())
    expect(await page.getByRole('radio').count()).toBe(0)
    expect(await page.getByRole('button', { name: /Clore|Noter/ }).count()).toBe(0)
    await leave(page)
  })
})
