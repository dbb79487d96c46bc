import { schema } from '@vigie/db'
import { and, count, eq, isNull } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations, SCHEMES, sidewaysOverflow, troublesOf, unfold } from '../support/browser.ts'
import { aPerson } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aPdf, EICAR } from '../support/proof-file.ts'
import { aLivedCollege } from './lived-etablissement.ts'
import { aStage, leave } from './stage.ts'

const LONG = 180_000

const stage = aStage(async (deps) => {
  const aSchool = async (name: string) => {
    const uai = await anEtablissement().with({ name }).insert(deps.db)
    const perimeter = { kind: 'etablissement', code: uai } as const
    return { uai, head: await aPerson(deps, { role: 'directeur_ecole', perimeter }) }
  }
  const college = await aLivedCollege(deps.db)
  await college.observe(1, { 'backup.last_success_age': 10, 'backup.schedule_interval': 24 })
  const perimeter = { kind: 'etablissement', code: college.uai } as const
  return {
    keyboard: await aSchool('École du Clavier'),
    scriptless: await aSchool('École sans Script'),
    phone: await aSchool('École du Téléphone'),
    looks: await aSchool('École des Regards'),
    college: { uai: college.uai, head: await aPerson(deps, { role: 'chef_etablissement', perimeter }) },
    rssi: await aPerson(deps, { role: 'rssi', perimeter: { kind: 'academie', code: '98' } }),
  }
})

const declarations = async (uai: string): Promise<number> => {
  const { declaration } = schema
  const [row] = await stage.deps.db.asOwner((tx) =>
    tx
      .select({ n: count() })
      .from(declaration)
      .where(and(eq(declaration.uai, uai), isNull(declaration.withdrawnAt))),
  )
  return row?.n ?? 0
}
const isQuestion = (url: URL) => /\/questionnaire\/[A-Z]{3}-/.test(url.pathname)
const progressOf = async (page: Page) => {
  const text = await page.locator('.progress-line').innerText()
  const [, at, total] = /(\d+) sur (\d+), environ \d+\sminutes?/.exec(text) ?? []
  return { at: Number(at), total: Number(total) }
}
/** Presses Tab until what has the focus matches; never touches the pointer. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const there = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)
    if (there) return
  }
  throw new Error(`the keyboard does not reach ${selector}`)
}

describe('the guided questionnaire', () => {
  it('is answered whole with the keyboard alone', { timeout: LONG }, async () => {
    const { uai, head } = stage.cast.keyboard
    const page = await stage.visit(head, `/etablissements/${uai}`)
    const troubles = troublesOf(page)
    await tabTo(page, `a[href$="/${uai}/questionnaire"]`)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/questionnaire$/)
    await tabTo(page, 'main form button')
    await page.keyboard.press('Enter')
    await page.waitForURL(isQuestion)
    const { total } = await progressOf(page)
    expect(total).toBeGreaterThan(40)
    let asked = 0
    while (isQuestion(new URL(page.url())) && asked < 200) {
      const before = page.url()
      asked += 1
      await tabTo(page, 'input[name="reponse"]')
      const moves = asked % 5
      for (let press = 0; press < moves; press += 1) await page.keyboard.press('ArrowDown')
      if (moves === 0) await page.keyboard.press('Space')
      if (moves === 3) {
        await tabTo(page, 'textarea')
        await page.keyboard.type('Nous n’avons pas cet équipement.')
      }
      await tabTo(page, 'button.fr-btn')
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.href !== before)
    }
    expect(asked).toBe(total)
    expect(page.url()).toMatch(/\/questionnaire\/bilan$/)
    expect(await page.getByRole('heading', { name: 'À demander' }).count()).toBe(1)
    const known = asked - Math.floor((asked + 1) / 5)
    expect(await declarations(uai)).toBe(known)
    await tabTo(page, 'main form button')
    await page.keyboard.press('Enter')
    await page.getByText(/Série close/).waitFor()
    expect(troubles).toEqual([])
    await leave(page)
  })

  it(
    'works without JavaScript: keeps what was typed, resumes, goes back, changes its mind',
    { timeout: LONG },
    async () => {
      const { uai, head } = stage.cast.scriptless
      const root = `/etablissements/${uai}/questionnaire`
      const page = await stage.visit(head, root, { javaScript: false })
      await page.getByRole('button', { name: 'Commencer' }).click()
      await page.waitForURL(isQuestion)
      const first = page.url()
      await page.getByLabel('Sans objet chez nous').check()
      await page.getByLabel(/^Précision/).fill('non')
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.getByRole('alert').waitFor()
      expect(await page.getByRole('alert').innerText()).toMatch(/Dites en une phrase pourquoi/)
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
      expect(await page.getByLabel('Sans objet chez nous').isChecked()).toBe(true)
      expect(await page.getByLabel(/^Précision/).inputValue()).toBe('non')
      expect(await declarations(uai)).toBe(0)
      await page.getByLabel('Oui', { exact: true }).check()
      await page.getByLabel(/^Précision/).fill('Vu en conseil d’école')
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.waitForURL((url) => isQuestion(url) && url.href !== first)
      expect(await progressOf(page)).toMatchObject({ at: 2 })
      expect(await declarations(uai)).toBe(1)
      const second = page.url()
      await page.getByRole('button', { name: 'Plus tard' }).click()
      await page.waitForURL((url) => isQuestion(url) && url.href !== second)
      await page.getByRole('link', { name: 'M’arrêter là, tout est gardé' }).click()
      await page.getByRole('button', { name: 'Reprendre' }).click()
      await page.waitForURL(isQuestion)
      expect(await progressOf(page)).toMatchObject({ at: 3 })
      await page.goto(first)
      expect(await page.getByLabel('Oui', { exact: true }).isChecked()).toBe(true)
      expect(await page.getByLabel(/^Précision/).inputValue()).toBe('Vu en conseil d’école')
      await page.getByLabel('Je ne sais pas').check()
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.waitForURL((url) => isQuestion(url) && url.href !== first)
      expect(await declarations(uai)).toBe(0)
      await page.getByRole('link', { name: 'Question précédente' }).click()
      await page.waitForURL(isQuestion)
      await page.goto(`${root}/bilan`)
      const text = await page.locator('main').innerText()
      expect(text).toMatch(/À demander[\s\S]*Vu en conseil d’école[\s\S]*Gardé pour plus tard/)
      await leave(page)
    },
  )

  it(
    'is answered at 390 px, with a proof, and refuses a bad one without losing the rest',
    { timeout: LONG },
    async () => {
      const { uai, head } = stage.cast.phone
      const page = await stage.visit(head, `/etablissements/${uai}/questionnaire`, { width: 390 })
      await page.getByRole('button', { name: 'Commencer' }).click()
      await page.waitForURL(isQuestion)
      const first = page.url()
      await page.getByText('Joindre une preuve (facultatif)').click()
      await page.getByLabel('En partie').check()
      await page.getByLabel('Fichiers').setInputFiles([
        { name: 'charte.pdf', mimeType: 'application/pdf', buffer: aPdf('téléphone') },
        { name: 'virus.txt', mimeType: 'text/plain', buffer: Buffer.from(EICAR) },
      ])
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.getByRole('alert').waitFor()
      expect(await page.getByRole('alert').innerText()).toMatch(/virus\.txt[\s\S]*malveillant/)
      expect(await page.getByLabel('charte.pdf', { exact: true }).isChecked()).toBe(true)
      expect(await page.getByLabel('En partie').isChecked()).toBe(true)
      expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0)
      expect(await axeViolations(page)).toEqual([])
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.waitForURL((url) => isQuestion(url) && url.href !== first)
      await page.goto(first)
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Ouvrir charte.pdf' }).click()
      expect((await download).suggestedFilename()).toBe('charte.pdf')
      const targets = await page
        .locator('.tile')
        .evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().height))
      expect(Math.min(...targets)).toBeGreaterThanOrEqual(44)
      await leave(page)
    },
  )

  it('shows the RSSI the questionnaire without letting him answer', async () => {
    const page = await stage.visit(stage.cast.rssi, `/etablissements/${stage.cast.college.uai}/questionnaire`)
    expect(await page.getByRole('button', { name: 'Commencer' }).count()).toBe(0)
    await leave(page)
  })

  it('leads there from the bulletin', async () => {
    const { uai, head } = stage.cast.college
    const page = await stage.visit(head, `/etablissements/${uai}`)
    await page.getByRole('link', { name: 'Répondre' }).click()
    await page.waitForURL(/\/questionnaire$/)
    expect(await page.locator('main').innerText()).toMatch(/exigences? n(’est|e sont) pas demandée/)
    await leave(page)
  })

  for (const scheme of SCHEMES)
    it(`is accessible and fits on every page, ${scheme}`, { timeout: LONG }, async () => {
      const { uai, head } = stage.cast.looks
      const root = `/etablissements/${uai}/questionnaire`
      const page = await stage.visit(head, root, { scheme })
      await page.getByRole('button', { name: /Commencer|Reprendre/ }).click()
      await page.waitForURL(isQuestion)
      const question = page.url()
      await page.getByLabel(scheme === 'light' ? 'Oui' : 'Je ne sais pas', { exact: true }).check()
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.waitForURL((url) => url.href !== question)
      for (const width of [390, 1280, 2560]) {
        await page.setViewportSize({ width, height: 900 })
        for (const path of [root, question, `${root}/bilan`]) {
          await page.goto(path)
          await unfold(page)
          const where = `${path} at ${width}, ${scheme}`
          expect(await axeViolations(page), where).toEqual([])
          expect(await sidewaysOverflow(page), where).toBeLessThanOrEqual(0)
          const shots = process.env['VIGIE_SHOTS']
          if (shots)
            await page.screenshot({
              path: `${shots}/${path.split('/').at(-1)}-${width}-${scheme}.png`,
              fullPage: true,
            })
        }
      }
      await leave(page)
    })
})
