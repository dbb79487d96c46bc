import { describe, expect, it } from 'vitest'
import { awake, SCHEMES } from '../support/browser.ts'
import { aWatchedAcademie } from './lived-incidents.ts'
import { areFit, aStage, leave } from './stage.ts'

const stage = aStage(aWatchedAcademie)
const LABEL = 'Refus d’un même porteur en deux minutes'

describe('the thresholds of the alerts', () => {
  for (const javaScript of [true, false])
    it(`are set within their bounds, then given back, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const page = await stage.visit(stage.cast.people.rssi, '/administration/seuils', { javaScript })
      if (javaScript) await awake(page)
      const row = page.locator('tbody tr', { hasText: LABEL })
      expect(await row.innerText()).toMatch(/20\srefus[\s\S]*seuil d’origine/)
      await row.locator('summary').click()
      await row.getByLabel('Seuil, en refus').fill('2')
      await row.getByRole('button', { name: 'Régler' }).click()
      await row.getByRole('alert').waitFor()
      expect(await row.getByLabel('Seuil, en refus').inputValue()).toBe('2')
      await row.getByLabel('Seuil, en refus').fill('35')
      await row.getByRole('button', { name: 'Régler' }).click()
      await row.getByRole('status').waitFor()
      expect(await row.innerText()).toMatch(/35\srefus[\s\S]*origine\s: 20[\s\S]*par Compte des essais/)
      await row.locator('summary').click()
      await row.getByRole('button', { name: /Revenir à l’origine/ }).click()
      await row.getByText('seuil d’origine', { exact: true }).waitFor()
      await leave(page)
    })

  it('lead to what to do when the alert fires', async () => {
    const page = await stage.visit(stage.cast.people.rssi, '/administration')
    await page.waitForURL('**/administration/seuils')
    const href = await page.locator('tbody tr', { hasText: LABEL }).getByRole('link').getAttribute('href')
    expect(href).toContain('/exploitation/alertes#otpbruteforce')
    await leave(page)
  })

  it('are closed to a head of school', async () => {
    const page = await stage.visit(stage.cast.people.head, '/administration/seuils')
    await page.getByText('Erreur 403').waitFor()
    await page.goto('/administration')
    await page.getByText('Erreur 403').waitFor()
    await leave(page)
  })
})

for (const scheme of SCHEMES)
  it(`are accessible and fit on a phone and a laptop, ${scheme}`, () =>
    areFit(stage.visit, scheme, stage.cast.people.rssi, ['/administration/seuils']))
