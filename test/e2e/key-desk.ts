import type { Deps } from '@vigie/api/context'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeViolations, openContext, sidewaysOverflow, type Setting } from '../support/browser.ts'
import { aPerson, PASSWORD } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aHeldKey, aHolder, type HeldKeyOptions } from '../support/key.ts'

export const CIRCONSCRIPTION = '0990701D'
const DEPARTEMENT = '991'
let minted = 0

/** The people around a desk: who hands over, who manages, who helps, and the schools of one circonscription. */
export async function aDesk(deps: Deps) {
  const uai = await anEtablissement()
    .with({ name: 'École des Tilleuls', commune: 'Villeneuve-les-Essais' })
    .inCirconscription(CIRCONSCRIPTION)
    .insert(deps.db)
  const on = (kind: 'academie' | 'departement' | 'circonscription', code: string) => ({ kind, code })
  return {
    uai,
    ien: await aPerson(deps, { role: 'ien', perimeter: on('circonscription', CIRCONSCRIPTION) }),
    otherIen: await aPerson(deps, { role: 'ien', perimeter: on('circonscription', '0990702E') }),
    osp: await aPerson(deps, { role: 'osp', perimeter: on('departement', DEPARTEMENT) }),
    diaser: await aPerson(deps, { role: 'diaser', perimeter: on('academie', '98') }),
    assistance: await aPerson(deps, { role: 'assistance', perimeter: on('academie', '98') }),
    /** A directeur d’école of that school. */
    someone: (displayName: string) => {
      minted += 1
      return aHolder(deps, { uai, displayName, login: `porteur.desk.${minted}` })
    },
    /** The same, with a key brought that far. */
    async holding(displayName: string, options: HeldKeyOptions = {}) {
      const holder = await this.someone(displayName)
      return { holder, displayName, key: await aHeldKey(deps, holder.id, options) }
    },
  }
}

/** Opens a page as the holder of an active key: a password, then a code. */
export async function visitWithKey(
  browser: Browser,
  url: string,
  { login, code, path }: { login: string; code: string; path: string },
  setting: Setting = {},
): Promise<Page> {
  const page = await (await openContext(browser, url, setting)).newPage()
  await page.goto(`/connexion?vers=${encodeURIComponent(path)}`)
  await page.getByLabel('Identifiant').fill(login)
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL((at) => at.pathname === '/connexion/code')
  await page.getByLabel('Code affiché').fill(code)
  await page.getByRole('button', { name: 'Terminer' }).click()
  await page.waitForURL((at) => at.pathname === path)
  return page
}

/** What every page must be, as it stands. */
export async function isFitAndAccessible(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([])
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0)
}

/** Opens what a disclosure holds. */
export const disclose = (page: Page, label: string): Promise<void> =>
  page.locator('summary', { hasText: label }).click()
