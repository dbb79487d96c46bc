import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Cookie, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  awake,
  axeViolations,
  launchBrowser,
  openContext,
  SCHEMES,
  sidewaysOverflow,
  signIn,
  WIDTHS,
  type Setting,
} from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anE2eServer, aPerson, PASSWORD } from '../support/e2e-server.ts'

let db: Database
let server: RunningServer
let browser: Browser
let session: Cookie[]

const visit = async (path: string, setting: Setting = {}): Promise<Page> => {
  const context = await openContext(browser, server.url, setting)
  await context.addCookies(session)
  const page = await context.newPage()
  await page.goto(path)
  return page
}

beforeAll(async () => {
  db = await aDatabase()
  const deps = depsOn(db)
  const login = await aPerson(deps, { role: 'rssi', perimeter: { kind: 'academie', code: '98' } })
  server = await anE2eServer(deps)
  browser = await launchBrowser()
  const context = await openContext(browser, server.url)
  await signIn(await context.newPage(), login, PASSWORD)
  session = await context.cookies()
  await context.close()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await db?.close()
})

describe('the catalogue', () => {
  it('lists the 163 requirements, each with its own anchor', async () => {
    const page = await visit('/catalogue', { javaScript: false })
    expect(await page.getByRole('article').count()).toBe(163)
    expect(await page.locator('#INF-AUT-13').count()).toBe(1)
    await page.context().close()
  })

  it.each([
    ['level=E&degree=d1', 90],
    ['level=E&degree=d2', 94],
    ['check=auto&service=INF-PDT', null],
    ['q=antivirus', null],
  ])('filters by the address: %s', async (query, count) => {
    const page = await visit(`/catalogue?${query}`)
    const shown = await page.getByRole('article').count()
    if (count === null) {
      expect(shown).toBeGreaterThan(0)
      expect(shown).toBeLessThan(163)
    } else {
      expect(shown).toBe(count)
    }
    await page.context().close()
  })

  it('filters by its form, the focus staying where it was', async () => {
    const page = await visit('/catalogue')
    await awake(page)
    await page.getByLabel('Mot ou identifiant').fill('sauvegarde')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=sauvegarde/)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('filtre-q')
    expect(await page.getByRole('status').first().innerText()).toMatch(/\d+\sexigences affichées/)
    await page.context().close()
  })

  it('says so when nothing answers', async () => {
    const page = await visit('/catalogue?q=xylophone')
    await page.getByText('Aucune exigence ne répond à ces filtres.').waitFor()
    await page.context().close()
  })
})

const PAGES = ['/catalogue?service=INF-PDT', '/glossaire', '/accessibilite', '/nulle-part']

describe.each(WIDTHS)('at %i px', (width) => {
  it.each(SCHEMES)('has no accessibility violation and no overflow, %s', async (scheme) => {
    const page = await visit('/catalogue', { width, scheme })
    for (const path of PAGES) {
      await page.goto(path)
      expect(await axeViolations(page), path).toEqual([])
      expect(await sidewaysOverflow(page), path).toBe(0)
    }
    await page.context().close()
  })
})
