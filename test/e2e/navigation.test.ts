import { describe, expect, it } from 'vitest'
import { awake, axeViolations } from '../support/browser.ts'
import { aRunningCampaign } from './lived-campaign.ts'
import { aStage, leave } from './stage.ts'

const stage = aStage(aRunningCampaign)

describe('the navigation of a phone', () => {
  for (const javaScript of [true, false])
    it(`folds its entries under one button, JavaScript ${javaScript ? 'on' : 'off'}`, async () => {
      const page = await stage.visit(stage.cast.people.rssi, '/campagnes', { width: 390, javaScript })
      if (javaScript) await awake(page)
      const menu = page.getByRole('navigation', { name: 'Navigation principale' })
      const visits = menu.getByRole('link', { name: 'Visites' })
      expect(await visits.isVisible()).toBe(false)
      await menu.locator('summary').focus()
      await page.keyboard.press('Enter')
      await visits.waitFor()
      if (javaScript) {
        await page.keyboard.press('Escape')
        expect(await visits.isVisible()).toBe(false)
        expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY')
        await page.keyboard.press('Enter')
        expect(await axeViolations(page)).toEqual([])
      }
      await visits.click()
      await page.waitForURL(/\/visites$/)
      await page.getByRole('heading', { level: 1, name: 'Mes visites' }).waitFor()
      expect(await visits.isVisible()).toBe(false)
      await leave(page)
    })
})
