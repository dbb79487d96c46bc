import { describe, expect, it } from 'vitest'
import { SCHEMES } from '../support/browser.ts'
import { aPerson } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aDocx, aPdf } from '../support/proof-file.ts'
import { areFit, aStage, leave } from './stage.ts'

const stage = aStage(async (deps) => {
  const uai = await anEtablissement().college().insert(deps.db)
  const perimeter = { kind: 'etablissement', code: uai } as const
  return {
    uai,
    head: await aPerson(deps, { role: 'chef_etablissement', perimeter }),
    rssi: await aPerson(deps, { role: 'rssi', perimeter: { kind: 'academie', code: '98' } }),
  }
})

describe('a declaration on the page of a requirement', () => {
  for (const javaScript of [true, false])
    it(`takes proofs, shows them to who decides, is renewed and taken back ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const requirement = javaScript ? 'INF-AUT-5' : 'INF-AUT-9'
      const path = `/etablissements/${stage.cast.uai}/exigences/${requirement}`
      const page = await stage.visit(stage.cast.head, path, { javaScript })
      await page.getByLabel('tenue en partie').check()
      await page.getByLabel(/^Ce qui le montre/).fill('Charte votée le 12 octobre')
      const macros = aDocx([{ name: 'word/vbaProject.bin', content: 'x' }])
      await page.getByLabel('Fichiers').setInputFiles([
        { name: 'charte.pdf', mimeType: 'application/pdf', buffer: aPdf(requirement) },
        { name: 'macros.docx', mimeType: 'application/msword', buffer: macros },
      ])
      await page.getByLabel(/^Depuis quand/).fill('2026-06-30')
      await page.getByRole('button', { name: 'Déclarer' }).click()
      await page.getByRole('alert').waitFor()
      expect(await page.getByRole('alert').innerText()).toMatch(/macros\.docx[\s\S]*macros/)
      expect(await page.getByLabel('tenue en partie').isChecked()).toBe(true)
      expect(await page.getByLabel(/^Ce qui le montre/).inputValue()).toBe('Charte votée le 12 octobre')
      expect(await page.getByLabel('charte.pdf', { exact: true }).isChecked()).toBe(true)
      await page.getByRole('button', { name: 'Déclarer' }).click()
      await page.getByText('Votre déclaration est enregistrée.').waitFor()
      const declared = page.getByRole('region', { name: 'Ce que l’établissement déclare' })
      expect(await declared.innerText()).toMatch(
        /tenue en partie[\s\S]*Charte votée[\s\S]*chef d’établissement[\s\S]*charte\.pdf[\s\S]*vaut depuis le 30 juin 2026/,
      )

      const rssi = await stage.visit(stage.cast.rssi, path, { javaScript })
      const download = rssi.waitForEvent('download')
      await rssi.getByRole('link', { name: 'charte.pdf' }).first().click()
      expect((await download).suggestedFilename()).toBe('charte.pdf')
      expect(await rssi.getByRole('button', { name: 'Retirer cette déclaration' }).count()).toBe(0)
      await leave(rssi)

      await page.getByRole('button', { name: 'Retirer cette déclaration' }).click()
      await page.getByText('Votre déclaration est retirée').waitFor()
      expect(await declared.innerText()).toMatch(/Rien aujourd’hui[\s\S]*précédentes \(1\)/)
      await leave(page)
    })

  for (const scheme of SCHEMES)
    it(`is accessible and fits, ${scheme}`, async () => {
      const { uai, head } = stage.cast
      await areFit(stage.visit, scheme, head, [`/etablissements/${uai}/exigences/INF-AUT-5`])
    })
})
