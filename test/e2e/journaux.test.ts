import { describe, expect, it } from 'vitest'
import { awake, SCHEMES, troublesOf } from '../support/browser.ts'
import { aJournalledAcademie } from './lived-logs.ts'
import { areFit, aStage, leave } from './stage.ts'

const stage = aStage(aJournalledAcademie)
const at = (uai: string) => `/etablissements/${uai}/journaux`
const ADMINISTRATION = '/administration/journaux'

describe('the journals of a school', () => {
  it('are read without JavaScript: each source in a sentence, its retention against the law', async () => {
    const { people, uai } = stage.cast
    const page = await stage.visit(people.head, at(uai), { javaScript: false })
    expect(await page.getByRole('link', { name: 'Journaux' }).first().getAttribute('aria-current')).toBe(
      'page',
    )
    const source = (name: string) => page.locator('article', { hasText: name }).innerText()
    expect(await source('Serveur pédagogique')).toMatch(/Ses messages arrivent[\s\S]*240.jours/u)
    expect(await source('Serveur de messagerie')).toMatch(/12.messages manquent[\s\S]*que 46.jours/u)
    expect(await source('Pare-feu')).toMatch(/Plus rien depuis 3.jours[\s\S]*420.jours[\s\S]*effacés/u)
    expect(await source('Contrôleur Wi-Fi')).toMatch(/Rien n’est encore arrivé/)
    expect(await page.getByText(/4.sources attendues/u).innerText()).toMatch(
      /2.ne sont pas entendues[\s\S]*2.gardent leurs/u,
    )
    await leave(page)
  })

  it('have the numbers of the chart in a table behind it', async () => {
    const { people, uai } = stage.cast
    const page = await stage.visit(people.head, at(uai))
    const troubles = troublesOf(page)
    await awake(page)
    await page.getByText('Les mêmes nombres, jour par jour').click()
    const rows = page.locator('table tbody tr')
    await expect.poll(() => rows.count()).toBe(30)
    expect(await page.locator('figcaption').innerText()).toMatch(
      /connexions acceptées et [\s\S]*refusées en\s30\sjours/u,
    )
    expect(troubles).toEqual([])
    await leave(page)
  })

  it('say what to do where there are none, and are closed to who has no business there', async () => {
    const { people, quiet, uai } = stage.cast
    const page = await stage.visit(people.quietHead, at(quiet))
    await page.getByText('Aucune machine n’envoie encore ses journaux').waitFor()
    await leave(page)
    const officer = await stage.visit(people.officer, `/etablissements/${uai}`)
    expect(await officer.getByRole('link', { name: 'Journaux' }).count()).toBe(0)
    expect((await officer.goto(at(uai)))?.status()).toBe(403)
    await leave(officer)
  })
})

describe('the administration of journals', () => {
  it('takes a machine, keeps what was typed after a refusal, works without JavaScript', async () => {
    const { people, uai } = stage.cast
    for (const javaScript of [true, false]) {
      const page = await stage.visit(people.diaser, ADMINISTRATION, { javaScript })
      if (javaScript) await awake(page)
      await page.getByLabel('UAI de l’établissement').fill(uai)
      await page.getByLabel('Nom de la machine').fill(`Annuaire ${javaScript}`)
      await page.getByLabel('Certificat', { exact: true }).fill('pare-feu.tilleuls.exemple.fr')
      await page.getByRole('button', { name: 'Attendre ses journaux' }).click()
      await page.getByRole('alert').filter({ hasText: 'déjà une autre source' }).waitFor()
      expect(await page.getByLabel('Nom de la machine').inputValue()).toBe(`Annuaire ${javaScript}`)
      await page.getByLabel('Certificat', { exact: true }).fill(`annuaire-${javaScript}.exemple.fr`)
      await page.getByRole('button', { name: 'Attendre ses journaux' }).click()
      await page.getByRole('status').filter({ hasText: 'est attendue' }).waitFor()
      await page.locator('tbody tr', { hasText: `annuaire-${javaScript}.exemple.fr` }).waitFor()
      await leave(page)
    }
  })

  it('puts a machine aside, takes it back, and deletes it after a second gesture', async () => {
    const { people } = stage.cast
    const page = await stage.visit(people.diaser, ADMINISTRATION)
    await awake(page)
    const row = page.locator('tbody tr', { hasText: 'Contrôleur Wi-Fi' })
    const modify = row.getByText('Modifier')
    await modify.click()
    await row.getByRole('button', { name: /Mettre de côté/ }).click()
    await row.getByRole('status').filter({ hasText: 'mise de côté' }).waitFor()
    expect(await row.innerText()).toMatch(/plus attendue/)
    if (!(await row.getByRole('button', { name: /Attendre de nouveau/ }).isVisible())) await modify.click()
    await row.getByRole('button', { name: /Attendre de nouveau/ }).click()
    await row.getByRole('status').filter({ hasText: 'de nouveau attendue' }).waitFor()
    const remove = row.getByRole('button', { name: /Supprimer pour de bon/ })
    expect(await remove.isVisible()).toBe(false)
    const gesture = row.locator('summary', { hasText: 'Supprimer' })
    if (!(await gesture.isVisible())) await modify.click()
    await gesture.click()
    await remove.click()
    await page.getByRole('status').filter({ hasText: 'supprimée' }).waitFor()
    await expect.poll(() => row.count()).toBe(0)
    await leave(page)
  })

  it('lets the RSSI alone fix the legal range', async () => {
    const { people } = stage.cast
    const page = await stage.visit(people.rssi, ADMINISTRATION)
    await awake(page)
    await page.getByLabel('Au plus, en jours').fill('100')
    await page.getByRole('button', { name: 'Fixer la durée' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Au plus, en jours').inputValue()).toBe('100')
    await page.getByLabel('Au plus, en jours').fill('400')
    await page.getByRole('button', { name: 'Fixer la durée' }).click()
    await page.getByRole('status').filter({ hasText: 'est fixée' }).waitFor()
    await leave(page)
    const other = await stage.visit(people.diaser, ADMINISTRATION)
    expect(await other.getByRole('button', { name: 'Fixer la durée' }).count()).toBe(0)
    await leave(other)
  })
})

for (const scheme of SCHEMES)
  it(`is accessible and fits on a phone and a laptop, ${scheme}`, async () => {
    const { people, uai, quiet } = stage.cast
    await areFit(stage.visit, scheme, people.head, [at(uai)])
    await areFit(stage.visit, scheme, people.quietHead, [at(quiet)])
    await areFit(stage.visit, scheme, people.rssi, [ADMINISTRATION, `${ADMINISTRATION}?q=rien-de-tel`])
  })
