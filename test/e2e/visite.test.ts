import { Buffer } from 'node:buffer'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { awake, axeViolations, SCHEMES, sidewaysOverflow, unfold } from '../support/browser.ts'
import { aRunningCampaign } from './lived-campaign.ts'
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
      await again
        .getByLabel(/^Photos/)
        .setInputFiles({ name: 'disque.png', mimeType: 'image/png', buffer: PNG })
      await again.getByRole('button', { name: 'Noter le constat' }).click()
      await again.getByText('noté sur la tablette').waitFor()
      await again.reload()
      await awake(again)
      await again.getByText('disque.png').waitFor()

      await context.setOffline(false)
      await expect.poll(() => sending(again, 'MCO-SVG-2'), { timeout: 30_000 }).toBe('sent')
      await again.getByText('Tout est envoyé').waitFor({ timeout: 30_000 })
      const link = again.getByRole('link', { name: 'disque.png' })
      await link.waitFor()
      const photo = await again.request.get(new URL((await link.getAttribute('href')) ?? '', stage.url).href)
      expect(Buffer.from(await photo.body()).equals(PNG)).toBe(true)
      await leave(again)
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
      await page.getByLabel('J’ai fini cette visite').check()
      await page.getByRole('button', { name: 'Clore la visite' }).click()
      await page.getByText('La visite est close').first().waitFor()
      expect(await page.getByRole('radio').count()).toBe(0)
      await page.goto(`/etablissements/${stage.cast.first}/exigences/MCO-SVG-2`)
      expect(await page.locator('main').innerText()).toContain('Vérifié sur place')
      await leave(page)
    },
  )

  it('is only read by the school', async () => {
    const page = await stage.visit(stage.cast.people.head, at())
    expect(await page.getByRole('radio').count()).toBe(0)
    expect(await page.getByRole('button', { name: /Clore|Noter/ }).count()).toBe(0)
    await leave(page)
  })
})
