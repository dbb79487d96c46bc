import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { awake, SCHEMES, troublesOf } from '../support/browser.ts'
import { disclose } from './key-desk.ts'
import { aSavedAcademie } from './lived-backups.ts'
import { areFit, aStage, leave } from './stage.ts'

const stage = aStage(aSavedAcademie)
const at = (uai: string) => `/etablissements/${uai}/sauvegardes`

describe('the backups of a school', () => {
  it('are read without JavaScript, in sentences, what must be corrected first', async () => {
    const { people, uai } = stage.cast
    const page = await stage.visit(people.head, at(uai), { javaScript: false })
    const nas = await page.getByRole('article', { name: 'nas-du-cdi' }).innerText()
    expect(nas).toMatch(/pas chiffrées[\s\S]*n’a rien envoyé depuis 4\sjours/)
    expect(nas).toContain('La taille est tombée à 19')
    const server = await page.getByRole('article', { name: 'serveur' }).innerText()
    expect(server).toMatch(/Toutes les données ont été relues il y a 3\sjours/)
    expect(server).toContain('Les sauvegardes sont chiffrées')
    expect(await page.getByText('qu’aucun dépôt ne nomme').locator('..').innerText()).toContain('SRV-CDI')
    expect(await page.getByRole('link', { name: 'Sauvegardes' }).getAttribute('aria-current')).toBe('page')
    await leave(page)
  })

  it('have a table behind their chart', async () => {
    const { people, uai } = stage.cast
    const page = await stage.visit(people.head, at(uai))
    const server = page.getByRole('article', { name: 'serveur' })
    expect(await server.getByRole('img').getAttribute('aria-label')).toMatch(/de 180\sGo à 196,8\sGo/)
    await server.getByText('Lire les tailles en tableau (13)').click()
    expect(await server.locator('tbody tr').count()).toBe(13)
    await leave(page)
  })

  it('say how to begin where no machine has spoken', async () => {
    const { people, quiet } = stage.cast
    const page = await stage.visit(people.quietHead, at(quiet))
    await page.getByText('Aucune machine de sauvegarde n’a encore parlé').waitFor()
    await page.getByText('personne ne sait si une sauvegarde peut revenir').waitFor()
    await leave(page)
  })
})

describe('a restore test', () => {
  it('is recorded without JavaScript; a refusal keeps what was typed', async () => {
    const { people, quiet } = stage.cast
    const page = await stage.visit(people.quietHead, at(quiet), { javaScript: false })
    await page.getByText('Enregistrer un test de restauration').click()
    expect(await page.getByLabel('Fonction de la personne qui l’a fait').inputValue()).toBe(
      'Directeur d’école',
    )
    await page.getByLabel('Ce qui a été restauré').fill('Dossier des listes d’élèves')
    await page.getByLabel('Réussi', { exact: true }).check()
    await page.getByLabel('Durée en minutes').fill('douze')
    await page.getByRole('button', { name: 'Enregistrer le test' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Ce qui a été restauré').inputValue()).toBe('Dossier des listes d’élèves')
    expect(await page.getByLabel('Réussi', { exact: true }).isChecked()).toBe(true)
    await page.getByLabel('Durée en minutes').fill('12')
    await page.getByRole('button', { name: 'Enregistrer le test' }).click()
    await page.getByRole('status').filter({ hasText: 'il compte' }).waitFor()
    expect(await page.locator('tbody').innerText()).toMatch(/Dossier des listes d’élèves[\s\S]*Réussi/)
    await page.getByRole('link', { name: /vérifier la signature/ }).click()
    await page.getByText('La signature est bien celle de ce texte').waitFor()
    expect(await page.locator('pre').innerText()).toContain('what=Dossier des listes d’élèves')
    await leave(page)
  })

  it('is recorded in place, and the focus goes to the answer', async () => {
    const { people, uai } = stage.cast
    const page = await stage.visit(people.referent, at(uai))
    const troubles = troublesOf(page)
    await awake(page)
    await disclose(page, 'Enregistrer un test de restauration')
    await page.getByLabel('Ce qui a été restauré').fill('Base du CDI')
    await page.getByLabel('Échoué', { exact: true }).check()
    await page.getByRole('combobox', { name: /^Dépôt/ }).selectOption('serveur')
    await page.getByRole('button', { name: 'Enregistrer le test' }).click()
    await page.getByRole('status').filter({ hasText: 'cherchez la cause' }).waitFor()
    await page.getByText('Base du CDI').waitFor()
    expect(troubles).toEqual([])
    await leave(page)
  })

  it('is only read by the AQSSI', async () => {
    const page = await stage.visit(stage.cast.people.aqssi, at(stage.cast.uai))
    expect(await page.getByRole('button', { name: /Enregistrer|Ne plus suivre|Révoquer/ }).count()).toBe(0)
    await leave(page)
  })
})

describe('the keys of machines', () => {
  it('are added by the referent, and revoked only after a second gesture', async () => {
    const { people, uai } = stage.cast
    const page = await stage.visit(people.referent, at(uai))
    await awake(page)
    await page.getByText('Laisser une machine signer ses tests').click()
    await page.getByLabel('Nom de la machine').fill('Serveur de sauvegarde')
    await page.getByLabel('Clé publique Ed25519').fill('pas une clé')
    await page.getByRole('button', { name: 'Enregistrer la clé' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Nom de la machine').inputValue()).toBe('Serveur de sauvegarde')
    const { publicKey } = generateKeyPairSync('ed25519')
    const pem = String(publicKey.export({ type: 'spki', format: 'pem' }))
    await page.getByLabel('Clé publique Ed25519').fill(pem)
    await page.getByRole('button', { name: 'Enregistrer la clé' }).click()
    await page
      .getByRole('status')
      .filter({ hasText: `${uai}:` })
      .waitFor()
    const key = page.getByRole('listitem').filter({ hasText: 'Serveur de sauvegarde' })
    expect(await key.getByRole('button', { name: /Révoquer pour de bon/ }).isVisible()).toBe(false)
    await key.locator('summary').click()
    await key.getByRole('button', { name: /Révoquer pour de bon/ }).click()
    await page.getByRole('status').filter({ hasText: 'révoquée' }).waitFor()
    await leave(page)
  })
})

for (const scheme of SCHEMES)
  it(`is accessible and fits on a phone and a laptop, ${scheme}`, async () => {
    const { people, uai, quiet, test } = stage.cast
    await areFit(stage.visit, scheme, people.referent, [at(uai), `${at(uai)}/restaurations/${test}`])
    await areFit(stage.visit, scheme, people.quietHead, [at(quiet)])
    await areFit(stage.visit, scheme, people.aqssi, [at(uai)])
  })

it('lets go of a repository that no longer exists', async () => {
  const { people, uai } = stage.cast
  const page = await stage.visit(people.head, at(uai))
  await awake(page)
  const nas = page.getByRole('article', { name: 'nas-du-cdi' })
  await nas.getByText('Ce dépôt n’existe plus').click()
  await nas.getByRole('button', { name: /Ne plus suivre/ }).click()
  await page.getByRole('status').filter({ hasText: 'n’est plus suivi' }).waitFor()
  await expect.poll(() => nas.count()).toBe(0)
  await leave(page)
})
