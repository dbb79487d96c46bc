import type { Browser, Page } from 'playwright-core'
import { openContext, signIn, type Setting } from '../support/browser.ts'
import { PASSWORD } from '../support/e2e-server.ts'

/** Opens a page as somebody, in a fresh profile that her session alone follows. */
export type Visit = (login: string, path: string, setting?: Setting) => Promise<Page>

/** Somebody signs in once; her later visits carry the session. */
export function aVisitor(browser: Browser, url: string): Visit {
  const sessions = new Map<string, Awaited<ReturnType<Awaited<ReturnType<typeof openContext>>['cookies']>>>()
  return async (login, path, setting = {}) => {
    const context = await openContext(browser, url, setting)
    const page = await context.newPage()
    const session = sessions.get(login)
    if (session) await context.addCookies(session)
    else {
      await signIn(page, login, PASSWORD)
      sessions.set(login, await context.cookies())
    }
    await page.goto(path)
    return page
  }
}
