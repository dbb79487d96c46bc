import type { Deps } from '@vigie/api/context'
import type { RunningServer } from '@vigie/api/server'
import type { Database } from '@vigie/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { axeViolations, launchBrowser, sidewaysOverflow, unfold, type SCHEMES } from '../support/browser.ts'
import { aDatabase } from '../support/database.ts'
import { anE2eServer } from '../support/e2e-server.ts'
import { depsNow } from './lived-etablissement.ts'
import { aVisitor, type Visit } from './visitor.ts'

/** What a suite plays on; filled before its first test. */
export interface Stage<T> {
  deps: ReturnType<typeof depsNow>
  url: string
  visit: Visit
  /** What `prepare` made. */
  cast: T
}

/** A server on a database of the suite's own, with a browser before it, both closed at the end. */
export function aStage<T>(prepare: (deps: Deps) => Promise<T>): Stage<T> {
  const stage = {} as Stage<T>
  let db: Database
  let server: RunningServer
  let browser: Browser
  beforeAll(async () => {
    db = await aDatabase()
    stage.deps = depsNow(db)
    stage.cast = await prepare(stage.deps)
    server = await anE2eServer(stage.deps)
    browser = await launchBrowser()
    stage.url = server.url
    stage.visit = aVisitor(browser, server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await db?.close()
  })
  return stage
}

export const leave = (page: Page): Promise<void> => page.context().close()

/** Looks at places on a phone and a laptop, with everything unfolded. */
export async function areFit(
  visit: Visit,
  scheme: (typeof SCHEMES)[number],
  login: string,
  paths: readonly string[],
): Promise<void> {
  const page = await visit(login, paths[0] ?? '/', { scheme })
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    for (const path of paths) {
      await page.goto(path)
      await unfold(page)
      const where = `${path} at ${width}, ${scheme}`
      expect(await axeViolations(page), where).toEqual([])
      expect(await sidewaysOverflow(page), where).toBeLessThanOrEqual(0)
    }
  }
  await leave(page)
}
