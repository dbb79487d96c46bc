import { describe, expect, it } from 'vitest'
import { awake, SCHEMES, troublesOf } from '../support/browser.ts'
import { disclose } from './key-desk.ts'
import { aWatchedAcademie, watchedServices } from './lived-incidents.ts'
import { areFit, aStage, leave } from './stage.ts'

const stage = aStage(async (deps) => {
  const academie = await aWatchedAcademie(deps)
  await watchedServices(deps, academie)
  return academie
})

const at = (uai: string) => `/etablissements/${uai}/supervision`

describe('what is watched at a school', () => {
  it('is read without JavaScript: how each service answered, over a day, a week, a month', async () => {
    const { people, uai } = stage.cast
    const page = await stage.visit(people.head, at(uai), { javaScript: false })
    const row = await page.locator('tbody tr', { hasText: 'INF-SEC' }).innerText()
    expect(row).toMatch(/Par intermittence[\s\S]*62\s%[\s\S]*94,1\s%[\s\S]*99,8\s%/)
    expect(await page.getByRole('link', { name: 'Supervision' }).getAttribute('aria-current')).toBe('page')
    await leave(page)
  })

  it('says how to begin, and takes what is declared; a refusal keeps what was typed', async () => {
    const { people, quiet } = stage.cast
    const page = await stage.visit(people.quietHead, at(quiet))
    const troubles = troublesOf(page)
    await awake(page)
    await page.getByText('Rien n’est encore surveillé ici').waitFor()
    await page.getByLabel('Site ou application web', { exact: true }).check()
    await page.getByLabel('Adresse', { exact: true }).fill('pas une adresse')
    await page.getByLabel('Nom', { exact: true }).fill('Le site de l’école')
    await page.getByRole('button', { name: 'Faire surveiller' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Nom', { exact: true }).inputValue()).toBe('Le site de l’école')
    await page.getByLabel('Adresse', { exact: true }).fill('https://www.ecole-peupliers.exemple.fr/')
    await page.getByRole('button', { name: 'Faire surveiller' }).click()
    await page.getByRole('status').filter({ hasText: 'est surveillé' }).waitFor()
    expect(await page.locator('tbody').innerText()).toMatch(/Le site de l’école[\s\S]*déclaré/)
    expect(troubles.filter((trouble) => !/422/.test(trouble))).toEqual([])
    await leave(page)
  })

  it('is put aside, taken back, and deleted only after a second gesture', async () => {
    const { people, uai } = stage.cast
    const page = await stage.visit(people.head, at(uai))
    const box = page.locator('tbody tr', { hasText: 'La box du CDI' })
    await box.getByRole('button', { name: /Mettre de côté/ }).click()
    await box.getByText('plus surveillée').waitFor()
    await box.getByRole('button', { name: /Reprendre/ }).click()
    await page.getByRole('status').filter({ hasText: 'de nouveau surveillé' }).waitFor()
    expect(await box.getByRole('button', { name: /Supprimer pour de bon/ }).isVisible()).toBe(false)
    await box.locator('summary').click()
    await box.getByRole('button', { name: /Supprimer pour de bon/ }).click()
    await page.getByRole('status').filter({ hasText: 'supprimée' }).waitFor()
    await expect.poll(() => box.count()).toBe(0)
    await leave(page)
  })

  it('is only read by the AQSSI', async () => {
    const page = await stage.visit(stage.cast.people.aqssi, at(stage.cast.uai))
    expect(await page.getByRole('button', { name: /Mettre de côté|Faire surveiller/ }).count()).toBe(0)
    await leave(page)
  })
})

for (const scheme of SCHEMES)
  it(`is accessible and fits on a phone and a laptop, ${scheme}`, async () => {
    const { people, uai, quiet } = stage.cast
    await areFit(stage.visit, scheme, people.head, [at(uai)])
    await areFit(stage.visit, scheme, people.quietHead, [at(quiet)])
    await areFit(stage.visit, scheme, people.aqssi, [at(quiet)])
  })

it('leads from the trail of the page to its school', async () => {
  const page = await stage.visit(stage.cast.people.rssi, at(stage.cast.uai))
  await disclose(page, 'Faire surveiller')
  await page
    .getByRole('navigation', { name: 'vous êtes ici' })
    .getByRole('link', { name: /Tilleuls/ })
    .click()
  await page.waitForURL(`**/etablissements/${stage.cast.uai}`)
  await leave(page)
})
