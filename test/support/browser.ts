import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** Debian's Chromium, unless the environment names another. */
const CHROMIUM = process.env['VIGIE_CHROMIUM'] ?? '/usr/bin/chromium'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Widths at which every page is looked at: a phone, a laptop, a large screen. */
export const WIDTHS = [390, 1280, 2560] as const

export const SCHEMES = ['light', 'dark'] as const

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS })

export interface Setting {
  readonly width?: number
  readonly scheme?: (typeof SCHEMES)[number]
  readonly javaScript?: boolean
}

/** A fresh profile: no cookie, French, the width and the theme asked for. */
export async function openContext(
  browser: Browser,
  baseURL: string,
  { width = 1280, scheme = 'light', javaScript = true }: Setting = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL,
    locale: 'fr-FR',
    colorScheme: scheme,
    javaScriptEnabled: javaScript,
    viewport: { width, height: width < 600 ? 844 : width > 2000 ? 1440 : 800 },
    reducedMotion: 'reduce',
  })
  // Suites run side by side: a page may be late, which is no fault of its own.
  context.setDefaultTimeout(60_000)
  return context
}

/** Signs in through the form, and waits for the page it leads to. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/connexion')
  await page.getByLabel('Identifiant').fill(login)
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL((url) => url.pathname !== '/connexion')
}

/** Waits until the page's scripts run: before that, forms and links work as without JavaScript. */
export const awake = (page: Page): Promise<void> =>
  page.waitForSelector('html[data-fr-js]', { state: 'attached' }).then(() => {})

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Every violation of the page as it stands, one line each: rule, what to do, where. Empty when there is none. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target }) => target.join(' '))
    return `${id}: ${help} (${nodes.length}) ${places.join(' | ')}`
  })
}

/** Pixels by which the page is wider than the window: above 0, a phone scrolls sideways. */
export const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Opens everything that the page keeps folded, so that it is looked at too. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) details.open = true
  })

/** Console errors and broken security policy of a page, collected from now on. */
export function troublesOf(page: Page): string[] {
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(error.message))
  return troubles
}
