import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awake, SCHEMES } from '../support/browser.ts'
import { aPerson } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { areFit, aStage, leave } from './stage.ts'

const stage = aStage(async (deps) => {
  const uai = await anEtablissement().college().insert(deps.db)
  return {
    uai,
    rssi: await aPerson(deps, { role: 'rssi', perimeter: { kind: 'academie', code: '98' } }),
    head: await aPerson(deps, {
      role: 'chef_etablissement',
      perimeter: { kind: 'etablissement', code: uai },
    }),
  }
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-oscal-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function aFile(name: string, content: object): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(content))
  return path
}
function aCatalog(name: string, controls: readonly object[]): Promise<string> {
  const metadata = { title: 'Politique académique', version: '2026' }
  const groups = [{ id: 'g', title: 'Comptes', controls }]
  const uuid = '3f0c1c1e-7f0e-4d6a-9a37-1f1d2f0b7a10'
  return aFile(name, { catalog: { uuid, metadata, groups } })
}
function aMapping(name: string, control: string, requirement: string): Promise<string> {
  const [sources, targets] = [control, requirement].map((id) => [{ type: 'control', 'id-ref': id }])
  const maps = [{ relationship: 'intersects-with', sources, targets }]
  return aFile(name, { 'mapping-collection': { mappings: [{ maps }] } })
}

describe('frameworks beside CARINE', () => {
  it('are brought in from an OSCAL catalog and its mapping without JavaScript, then mapped and taken away', async () => {
    const page = await stage.visit(stage.cast.rssi, '/catalogue/referentiels', { javaScript: false })
    await page.getByLabel('Nom court').fill('politique')
    await page
      .getByLabel('Catalogue OSCAL, au format JSON')
      .setInputFiles(await aCatalog('ok.json', [{ id: 'pa-1', title: 'Des mots de passe solides' }]))
    await page
      .getByLabel('Correspondance OSCAL avec CARINE (facultatif)')
      .setInputFiles(await aMapping('liens.json', 'pa-1', 'INF-AUT-6'))
    await page.getByRole('button', { name: 'Apporter' }).click()
    await page.getByRole('heading', { name: 'Politique académique' }).waitFor()
    expect(await page.locator('main').innerText()).toMatch(/1\s*mesure, dont 1 lue à travers CARINE/)
    await page.getByText('Changer la correspondance').click()
    await page.getByLabel('Exigences, séparées par des espaces').fill('inf-aut-6 INF-AUT-7')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByRole('status').filter({ hasText: 'Correspondance enregistrée' }).waitFor()
    expect(await page.getByRole('link', { name: 'INF-AUT-7' }).count()).toBe(1)
    await page.getByText('Retirer ce référentiel').click()
    await page.getByRole('button', { name: 'Retirer pour de bon' }).click()
    await page.getByRole('heading', { name: 'Référentiels', exact: true }).waitFor()
    expect(await page.getByText('Politique académique').count()).toBe(0)
    await leave(page)
  })

  it('are refused with the place of each fault, and what was typed stays', async () => {
    const page = await stage.visit(stage.cast.rssi, '/catalogue/referentiels')
    await awake(page)
    const wrong = { id: 'pa 1', title: 'Une mesure' }
    await page.getByLabel('Nom court').fill('politique')
    await page
      .getByLabel('Catalogue OSCAL, au format JSON')
      .setInputFiles(await aCatalog('faux.json', [wrong]))
    await page.getByRole('button', { name: 'Apporter' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('/catalog/groups/0/controls/0/id')
    expect(await page.getByLabel('Nom court').inputValue()).toBe('politique')
    await leave(page)
  })

  it('show a head of school where the establishment stands, with the requirements behind', async () => {
    const { uai, head } = stage.cast
    const page = await stage.visit(head, `/etablissements/${uai}/exigences`)
    await page.getByRole('link', { name: 'Lire l’établissement dans un autre référentiel' }).click()
    await page.getByRole('link', { name: 'Hygiène numérique d’une petite structure' }).click()
    await page.getByRole('heading', { name: 'Hygiène numérique d’une petite structure' }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(58)
    expect(await page.locator('main').innerText()).toContain('0 / 58 mesures tenues')
    await page.getByRole('link', { name: 'INF-AUT-7' }).click()
    await page.waitForURL(`**/etablissements/${uai}/exigences/INF-AUT-7`)
    await leave(page)
  })

  it.each(SCHEMES)('are fit for everyone, %s', async (scheme) => {
    const { uai, rssi } = stage.cast
    await areFit(stage.visit, scheme, rssi, [
      '/catalogue/referentiels',
      '/catalogue/referentiels/hygiene',
      `/etablissements/${uai}/referentiels`,
      `/etablissements/${uai}/referentiels/hygiene`,
    ])
  })
})
