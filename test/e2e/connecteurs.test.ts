import { describe, expect, it } from 'vitest'
import { awake, SCHEMES } from '../support/browser.ts'
import { aWatchedAcademie } from './lived-incidents.ts'
import { disclose } from './key-desk.ts'
import { areFit, aStage, leave } from './stage.ts'

const stage = aStage(aWatchedAcademie)
const LIST = '/administration/connecteurs'
const diaser = (path = LIST, setting = {}) => stage.visit(stage.cast.people.diaser, path, setting)

describe('a webhook', () => {
  it('is plugged in, shows its secret once, is tried, suspended, and removed by typing its name', async () => {
    const page = await diaser()
    await page.getByText('Aucun système n’est branché').waitFor()
    await page.getByRole('link', { name: 'Brancher un système' }).click()
    await page.getByRole('link', { name: /par webhook/ }).click()
    await awake(page)
    await page.getByLabel('Nom').fill('Messagerie de l’astreinte')
    await page.getByLabel('Adresse à appeler').fill('https://equipe.exemple.invalid/entree')
    await page.getByRole('button', { name: 'Brancher' }).click()
    const secret = await page.getByLabel('Secret de signature').inputValue()
    expect(secret.length).toBeGreaterThan(20)
    await page.getByRole('link', { name: /C’est copié/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Messagerie de l’astreinte' }).waitFor()
    expect(await page.content()).not.toContain(secret)

    await page.getByRole('button', { name: 'Essayer maintenant' }).click()
    await page
      .getByRole('alert')
      .filter({ hasText: /\d+\sms/ })
      .waitFor()
    await disclose(page, 'Suspendre')
    await page.getByRole('button', { name: 'Suspendre le connecteur' }).click()
    await page.getByText('Suspendu', { exact: true }).waitFor()
    await disclose(page, 'Retirer')
    await page.getByLabel(/Pour confirmer/).fill('astreinte')
    await page.getByRole('button', { name: 'Retirer le connecteur' }).click()
    await page.getByRole('alert').filter({ hasText: 'tapez son nom' }).waitFor()
    await page.getByLabel(/Pour confirmer/).fill('Messagerie de l’astreinte')
    await page.getByRole('button', { name: 'Retirer le connecteur' }).click()
    await page.getByRole('status').filter({ hasText: 'retiré' }).waitFor()
    await leave(page)
  })
})

describe('GLPI', () => {
  it('is plugged in without JavaScript; a refusal keeps what was typed but the tokens', async () => {
    const page = await diaser(`${LIST}/nouveau?nature=glpi`, { javaScript: false })
    await page.getByLabel('Nom').fill('GLPI du rectorat')
    await page.getByLabel('Adresse de GLPI').fill('https://glpi.exemple.invalid')
    await page.getByLabel('Jeton personnel').fill('jetonpersonnel-0001')
    await page.getByLabel('Numéro de catégorie').fill('réseau')
    await page.getByRole('button', { name: 'Brancher' }).click()
    await page.getByText('Attendu le numéro que GLPI affiche').waitFor()
    expect(await page.getByLabel('Nom').inputValue()).toBe('GLPI du rectorat')
    expect(await page.getByLabel('Jeton personnel').inputValue()).toBe('')
    await page.getByLabel('Numéro de catégorie').fill('4')
    await page.getByLabel('Jeton personnel').fill('jetonpersonnel-0001')
    await page.getByRole('button', { name: 'Brancher' }).click()
    await page.getByRole('status').filter({ hasText: 'est branché' }).waitFor()
    await page.locator('summary', { hasText: 'Régler' }).click()
    expect(await page.getByLabel('Numéro de catégorie').inputValue()).toBe('4')
    await page.getByLabel('Numéro de catégorie').fill('')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByRole('status').filter({ hasText: 'enregistrés' }).waitFor()
    await leave(page)
  })
})

describe('who is told by mail', () => {
  it('is added, then taken off', async () => {
    const page = await diaser('/administration/notifications')
    await page.getByText('Personne n’est prévenu par messagerie').waitFor()
    await page.getByRole('textbox', { name: 'Adresse' }).fill('astreinte@exemple.fr')
    await page.getByRole('button', { name: 'Ajouter' }).click()
    await page.getByRole('status').filter({ hasText: 'sera prévenue' }).waitFor()
    expect(await page.locator('tbody').innerText()).toMatch(/astreinte@exemple\.fr[\s\S]*Critique/)
    await page.getByRole('button', { name: 'Retirer astreinte@exemple.fr' }).click()
    await page.getByRole('status').filter({ hasText: 'ne sera plus' }).waitFor()
    await leave(page)
  })

  it('is closed to who does not set it', async () => {
    const page = await stage.visit(stage.cast.people.head, '/administration/notifications')
    await page.getByText('Erreur 403').waitFor()
    await leave(page)
  })
})

for (const scheme of SCHEMES)
  it(`is accessible and fits on a phone and a laptop, ${scheme}`, async () => {
    const page = await diaser()
    const href = await page.locator('article h2 a').first().getAttribute('href')
    await leave(page)
    await areFit(stage.visit, scheme, stage.cast.people.diaser, [
      LIST,
      href ?? LIST,
      `${LIST}/nouveau`,
      `${LIST}/nouveau?nature=glpi`,
      '/administration/notifications',
    ])
  })
