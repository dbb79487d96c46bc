import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Cookie, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillConformity } from '../bench/overview-rows.ts'
import {
  awake,
  axeViolations,
  launchBrowser,
  openContext,
  SCHEMES,
  sidewaysOverflow,
  signIn,
  troublesOf,
  WIDTHS,
  type Setting,
} from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anE2eServer, aPerson, PASSWORD } from '../support/e2e-server.ts'

const ETABLISSEMENTS = 260

let db: Database
let server: RunningServer
let browser: Browser
let rssi: string
let committee: string
const sessions = new Map<string, Cookie[]>()

const visit = async (path: string, setting: Setting = {}, login = rssi): Promise<Page> => {
  const context = await openContext(browser, server.url, setting)
  await context.addCookies(sessions.get(login) ?? [])
  const page = await context.newPage()
  await page.goto(path)
  return page
}

/** Signs in once: the suite looks at pages, `connexion.test.ts` at the form. */
async function openSession(login: string): Promise<void> {
  const context = await openContext(browser, server.url)
  await signIn(await context.newPage(), login, PASSWORD)
  sessions.set(login, await context.cookies())
  await context.close()
}

beforeAll(async () => {
  db = await aDatabase()
  await fillConformity(db, ETABLISSEMENTS)
  const deps = depsOn(db)
  rssi = await aPerson(deps, { role: 'rssi', perimeter: { kind: 'academie', code: '98' } })
  committee = await aPerson(deps, { role: 'comite', perimeter: { kind: 'academie', code: '98' } })
  server = await anE2eServer(deps)
  browser = await launchBrowser()
  await openSession(rssi)
  await openSession(committee)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

const rows = (page: Page) => page.locator('.mosaic tbody tr')

describe('the mosaic', () => {
  it('is whole without JavaScript: figures, signs with their word, links, map and its table', async () => {
    const page = await visit('/academie', { javaScript: false })
    expect(await rows(page).count()).toBe(50)
    const cell = rows(page).first().locator('a[data-cell]').nth(1)
    expect(await cell.getAttribute('href')).toMatch(
      /^\/etablissements\/099\d{4}[A-Z]\/exigences\?service=INF-ANN#pourquoi$/,
    )
    expect((await cell.textContent())?.replaceAll(/\s+/g, ' ')).toMatch(/[A-Z][a-z]+.*\d+\/\d+/)
    expect(await page.locator('.measures').innerText()).toMatch(/\d+\s\/\s[\d\s]+ exigées \(\d+\s%\)/)
    expect(await page.locator('.map a').count()).toBe(4)
    await page.context().close()
  })

  it('keeps each column under its head', async () => {
    const page = await visit('/academie', { width: 1280 })
    const edges = (row: string) =>
      page
        .locator(`.mosaic ${row}`)
        .first()
        .evaluate((line) => [...line.children].map((cell) => Math.round(cell.getBoundingClientRect().left)))
    expect(await edges('thead tr.heads')).toEqual(await edges('tbody tr'))
    await page.context().close()
  })

  it('filters, searches and sorts through the address, and back works', async () => {
    const page = await visit('/academie', { width: 1280 })
    await awake(page)
    await page.getByLabel('Degré').selectOption('d2')
    await page.getByRole('button', { name: 'Filtrer' }).click()
    await page.waitForURL(/degree=d2/)
    await page.locator('.range', { hasText: '104 établissements' }).waitFor()
    await page.getByRole('link', { name: 'Sauvegarde' }).first().click()
    await page.waitForURL(/sort=MCO-SVG/)
    await page.locator('th[aria-sort="ascending"]', { hasText: 'SVG' }).waitFor()
    expect(page.url()).toContain('degree=d2')
    await page.goBack()
    await page.waitForURL((url) => !url.search.includes('MCO-SVG'))
    await page.goBack()
    await page.locator('.range', { hasText: `${ETABLISSEMENTS} établissements` }).waitFor()
    await page.context().close()
  })

  it('goes from cell to cell with the arrows, as one stop of the tab order', async () => {
    const page = await visit('/academie')
    await page.locator('.mosaic tbody a[tabindex="0"]').focus()
    expect(await page.locator('.mosaic tbody a[tabindex="0"]').count()).toBe(1)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    const place = await page.evaluate(() => {
      const cell = document.activeElement?.closest('td, th')
      const row = cell?.closest('tr')
      return [
        [...(row?.parentElement?.children ?? [])].indexOf(row as Element),
        document.activeElement?.className,
      ]
    })
    expect(place[0]).toBe(1)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toContain(
      'service=INF-ANN',
    )
    await page.context().close()
  })

  it('shows two hundred rows at once and pages through the rest', async () => {
    const page = await visit('/academie?pageSize=200')
    expect(await rows(page).count()).toBe(200)
    await page.getByRole('link', { name: 'Page suivante' }).click()
    await page.waitForURL(/page=2/)
    await expect.poll(() => rows(page).count()).toBe(ETABLISSEMENTS - 200)
    await page.context().close()
  })

  it('filters on a département from the map, and keeps the others on the map', async () => {
    const page = await visit('/academie')
    await page.locator('.map a').first().click()
    await page.waitForURL(/departement=99\d/)
    await page.locator('.range', { hasText: '65 établissements' }).waitFor()
    expect(await page.locator('.map a').count()).toBe(4)
    await page.context().close()
  })

  it('says so when no establishment answers, and gives the way out', async () => {
    const page = await visit('/academie?q=introuvable')
    await page.getByText('Aucun établissement ne répond à ces filtres.').waitFor()
    expect(await page.getByRole('link', { name: 'affichez tout le périmètre' }).getAttribute('href')).toBe(
      '/academie',
    )
    await page.context().close()
  })

  it('survives an address that makes no sense', async () => {
    const page = await visit('/academie?sort=money&page=-4&pageSize=9&status=x&degree=d7')
    expect(await rows(page).count()).toBe(50)
    await page.context().close()
  })
})

describe('a committee', () => {
  it('reads the whole without any establishment', async () => {
    const page = await visit('/academie', {}, committee)
    expect(await rows(page).count()).toBe(0)
    expect(await page.locator('.whole').innerText()).toContain('%')
    expect(await page.content()).not.toMatch(/\/etablissements\/099/)
    await page.context().close()
  })
})

describe.each(WIDTHS)('at %i px', (width) => {
  it.each(SCHEMES)('has no accessibility violation, no overflow and no script error, %s', async (scheme) => {
    const page = await visit('/academie', { width, scheme })
    const troubles = troublesOf(page)
    await page.reload()
    expect(await axeViolations(page)).toEqual([])
    expect(await sidewaysOverflow(page)).toBe(0)
    expect(troubles).toEqual([])
    await page.context().close()
  })
})
