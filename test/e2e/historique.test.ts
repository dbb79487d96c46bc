import { describe, expect, it } from 'vitest'
import { awake, SCHEMES, troublesOf } from '../support/browser.ts'
import { aPerson } from '../support/e2e-server.ts'
import { aLivedCollege } from './lived-etablissement.ts'
import { areFit, aStage, leave } from './stage.ts'

const DAY = 86_400_000

const stage = aStage(async (deps) => {
  const college = await aLivedCollege(deps.db)
  await college.observe(400, { 'backup.last_success_age': 10, 'backup.success_ratio_30d': 1 })
  for (const day of [40, 20, 1])
    await college.observe(day, {
      'backup.last_success_age': day === 20 ? 900 : 10,
      'backup.success_ratio_30d': day === 20 ? 0.7 : 1,
    })
  const quiet = await aLivedCollege(deps.db, 'Collège jamais vu')
  const person = (uai: string) =>
    aPerson(deps, { role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: uai } })
  return {
    ...{ uai: college.uai, quiet: quiet.uai },
    ...{ head: await person(college.uai), quietHead: await person(quiet.uai) },
  }
})

const at = (uai: string) => `/etablissements/${uai}/historique`
const dayAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10)

describe('the history', () => {
  it('shows any past day without JavaScript, and what changed since', async () => {
    const { head, uai } = stage.cast
    const page = await stage.visit(head, at(uai), { javaScript: false })
    expect(await page.getByRole('link', { name: 'Historique' }).getAttribute('aria-current')).toBe('page')
    await page.getByLabel('À quelle date').fill(dayAgo(10))
    await page.getByRole('button', { name: 'Voir ce jour-là' }).click()
    await page.waitForURL(/au=/)
    await page.getByText('Les 163 exigences au').click()
    const row = page.locator('tr', { has: page.getByRole('link', { name: 'MCO-SVG-1', exact: true }) })
    expect(await row.innerText()).toMatch(/Non conforme[\s\S]*Conforme/)
    await page.getByLabel('Depuis').fill(dayAgo(30))
    await page.getByRole('button', { name: 'Voir ce qui a changé' }).click()
    await page.waitForURL(/depuis=/)
    expect(page.url()).toContain('au=')
    const changed = page.locator('.changes > li', { hasText: 'MCO-SVG-1 ' })
    expect(await changed.locator('ol li').count()).toBe(2)
    await leave(page)
  })

  it('says « pas encore évalué » before the first evaluation', async () => {
    const { head, uai, quietHead, quiet } = stage.cast
    const page = await stage.visit(head, `${at(uai)}?au=${dayAgo(500)}`)
    await page.getByText('Pas encore évalué.').waitFor()
    await leave(page)
    const other = await stage.visit(quietHead, at(quiet))
    await other.getByText('n’a encore jamais été évalué').waitFor()
    await leave(other)
  })

  it('draws one curve per school year, each with its table', async () => {
    const { head, uai } = stage.cast
    const page = await stage.visit(head, at(uai))
    const troubles = troublesOf(page)
    await awake(page)
    expect(await page.locator('.curve').count()).toBeGreaterThan(1)
    await page
      .getByText(/Lire la courbe en tableau/)
      .first()
      .click()
    expect(
      await page
        .getByRole('table', { name: /Score de l’année scolaire/ })
        .first()
        .innerText(),
    ).toContain('%')
    expect(troubles).toEqual([])
    await leave(page)
  })
})

for (const scheme of SCHEMES)
  it(`is accessible and fits on a phone and a laptop, ${scheme}`, async () => {
    const { head, uai, quietHead, quiet } = stage.cast
    await areFit(stage.visit, scheme, head, [`${at(uai)}?au=${dayAgo(10)}&depuis=${dayAgo(30)}`])
    await areFit(stage.visit, scheme, quietHead, [at(quiet)])
  })
