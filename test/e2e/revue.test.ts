import { REQUIREMENTS } from '@vigie/rules'
import { describe, expect, it } from 'vitest'
import { awake, SCHEMES, troublesOf } from '../support/browser.ts'
import { aReviewedAcademie, BACKUP, DEMANDED, RECOMMENDED } from './lived-review.ts'
import { areFit, aStage, leave } from './stage.ts'

const stage = aStage(aReviewedAcademie)
const { rssi, aqssi, head } = {
  rssi: () => stage.cast.people.rssi,
  aqssi: () => stage.cast.people.aqssi,
  head: () => stage.cast.people.head,
}
const ORDERED = REQUIREMENTS.find(({ id }) => id === DEMANDED)
const OTHER_RECOMMENDED = REQUIREMENTS.filter(({ levels }) => levels.d2 === 'R')[1]!.id
const caseOf = (uai: string) => `/revue/contradiction/${uai}.${BACKUP}`

for (const scheme of SCHEMES)
  it(`is accessible and fits on a phone and a laptop, ${scheme}`, async () => {
    const { aulnes, bouleaux } = stage.cast
    const one = await stage.visit(rssi(), '/revue?nature=derogation', { javaScript: false })
    const derogation = await one.locator('.case__link a').first().getAttribute('href')
    await leave(one)
    await areFit(stage.visit, scheme, rssi(), [
      '/revue',
      '/revue?nature=contradiction&coches=tout',
      '/revue?q=nulle+part',
      caseOf(aulnes),
      derogation ?? '',
      `/etablissements/${aulnes}/exigences/${BACKUP}`,
      `/etablissements/${aulnes}/exigences?service=MCO-SVG`,
    ])
    await areFit(stage.visit, scheme, head(), [
      `/etablissements/${aulnes}/exigences/${RECOMMENDED}`,
      `/etablissements/${aulnes}`,
    ])
    await areFit(stage.visit, scheme, aqssi(), ['/revue', '/revue/decisions', caseOf(bouleaux)])
  })

describe('why a status', () => {
  it('is one click away from a cell of the mosaic, a line of the bulletin, of the list, and a case', async () => {
    const { aulnes } = stage.cast
    const page = await stage.visit(rssi(), `/academie?q=${aulnes}`, { javaScript: false })
    await page.locator(`a[data-cell][href*="${aulnes}/exigences?service=MCO-SVG"]`).click()
    await page.getByRole('heading', { name: /Pourquoi « Contradiction »/ }).waitFor()
    await page.locator(`.line__why[href*="${BACKUP}#"]`).click()
    const why = page.getByRole('region', { name: 'Pourquoi ?' })
    expect(await why.innerText()).toMatch(
      /version \d[\s\S]*Mesures[\s\S]*Non conforme[\s\S]*nas-01[\s\S]*Déclaration[\s\S]*Conforme[\s\S]*sans pièce[\s\S]*Retenu[\s\S]*Contradiction[\s\S]*compte comme «\s*non conforme\s*»/,
    )
    await page.goto(`/etablissements/${aulnes}`)
    await page.getByRole('link', { name: 'Pourquoi ? Sauvegarde', exact: true }).click()
    await page.getByRole('heading', { name: /Pourquoi « Contradiction »/ }).waitFor()
    await page.goto(caseOf(aulnes))
    await page.getByRole('link', { name: 'Pourquoi ?' }).click()
    await why.waitFor()
    await leave(page)
  })
})

describe('the queue', () => {
  it('narrows by what the address says, counts each kind, and is only read by the AQSSI', async () => {
    const page = await stage.visit(aqssi(), '/revue', { javaScript: false })
    expect(await page.locator('.chips').innerText()).toMatch(
      /6\s+en tout\s+3\s+Contradictions\s+1\s+Contestations\s+1\s+Dérogations demandées\s+1\s+Déclarations à renouveler/,
    )
    await page.getByLabel('Établissement, commune ou UAI').fill('bouleaux')
    await page.getByRole('button', { name: 'Filtrer' }).click()
    await page.waitForURL(/q=bouleaux/)
    expect(await page.locator('.case').count()).toBe(2)
    await page.goto('/revue?nature=contradiction')
    expect(await page.getByRole('button', { name: /changerait/ }).count()).toBe(0)
    await page.locator('.case__link a').first().click()
    expect(await page.getByRole('button', { name: 'Décider' }).count()).toBe(0)
    await leave(page)
  })

  it('is worked by keyboard alone: 1 to 4 choose, Control and Enter decide, the next case comes, undo', async () => {
    const { aulnes } = stage.cast
    const page = await stage.visit(rssi(), caseOf(aulnes))
    const troubles = troublesOf(page)
    await awake(page)
    await page.getByText('Contrôle et Entrée décident').waitFor()
    await page.keyboard.press('2')
    expect(await page.getByRole('radio', { name: /Partiel/ }).isChecked()).toBe(true)
    await page.getByRole('status').filter({ hasText: 'Partiel. Dites pourquoi' }).waitFor()
    await page.keyboard.type('Constaté 3 fois sur place en novembre')
    expect(await page.getByLabel(/^Motif/).inputValue()).toBe('Constaté 3 fois sur place en novembre')
    await page.keyboard.press('Control+Enter')
    await page.getByText('La décision précédente est prise.').waitFor()
    expect(new URL(page.url()).pathname).not.toContain(aulnes)
    const undo = page.getByRole('button', { name: 'Annuler cette décision' })
    await undo.focus()
    await page.keyboard.press('Enter')
    await page.getByText('ce cas attend de nouveau').waitFor()
    expect(new URL(page.url()).pathname).toContain(aulnes)
    expect(troubles).toEqual([])
    await leave(page)
  })

  it('lets the keys be turned off', async () => {
    const page = await stage.visit(rssi(), caseOf(stage.cast.aulnes))
    await awake(page)
    await page.getByRole('checkbox', { name: /Touches/ }).uncheck()
    await page.locator('h1').click()
    await page.keyboard.press('1')
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0)
    await leave(page)
  })

  it('is worked without JavaScript: a refusal keeps what was typed, then it is decided and undone', async () => {
    const { aulnes } = stage.cast
    const page = await stage.visit(rssi(), caseOf(aulnes), { javaScript: false })
    await page.getByRole('radio', { name: /Non conforme/ }).check()
    await page.getByLabel(/^Motif/).fill('Les sauvegardes échouent encore')
    await page.getByLabel(/^Vaut jusqu’au/).fill('')
    await page.getByRole('button', { name: 'Décider' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel(/^Motif/).inputValue()).toBe('Les sauvegardes échouent encore')
    await page
      .getByLabel(/^Vaut jusqu’au/)
      .fill(new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10))
    await page.getByRole('button', { name: 'Décider' }).click()
    await page.getByText(/La décision( précédente)? est prise/).waitFor()
    await page.goto(`/etablissements/${aulnes}/exigences/${BACKUP}`)
    expect(await page.getByRole('region', { name: 'Pourquoi ?' }).innerText()).toMatch(
      /Arbitrage[\s\S]*Non conforme/,
    )
    await page.goto('/revue/decisions')
    await page
      .locator('.batches > li')
      .first()
      .getByRole('button', { name: /Annuler/ })
      .click()
    await page.getByText('1 décision est annulée').waitFor()
    await leave(page)
  })

  for (const javaScript of [true, false])
    it(`does not decide what is no longer what was shown, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const { bouleaux, cerisiers } = stage.cast
      const uai = javaScript ? bouleaux : cerisiers
      const page = await stage.visit(rssi(), caseOf(uai), { javaScript })
      if (javaScript) await awake(page)
      await stage.cast.says(uai, 'La copie se fait aussi le dimanche.')
      await page.getByRole('radio', { name: /Partiel/ }).check()
      await page.getByLabel(/^Motif/).fill('Vu sur place avec le prestataire')
      await page.getByRole('button', { name: 'Décider' }).click()
      expect(await page.getByRole('alert').innerText()).toContain('a changé depuis')
      expect(await page.getByLabel(/^Motif/).inputValue()).toBe('Vu sur place avec le prestataire')
      await page.getByText('La copie se fait aussi le dimanche.').waitFor()
      await page.getByRole('button', { name: 'Décider' }).click()
      await page.getByText(/La décision( précédente)? est prise/).waitFor()
      await page.getByRole('button', { name: 'Annuler cette décision' }).click()
      await page.getByText('ce cas attend de nouveau').waitFor()
      await leave(page)
    })

  for (const javaScript of [true, false])
    it(`decides several at once after a preview, ${javaScript ? 'with' : 'without'} JavaScript, and undoes all`, async () => {
      const page = await stage.visit(rssi(), '/revue?nature=contradiction', { javaScript })
      if (javaScript) await awake(page)
      await page.getByText('Décider plusieurs cas à la fois').click()
      await page.getByRole('link', { name: 'Cocher toute la page' }).click()
      await page.waitForURL(/coches=tout/)
      const form = page.locator('details.bulk')
      if (!(await form.getAttribute('open').then((value) => value !== null)))
        await page.getByText('Décider plusieurs cas à la fois').click()
      await page.getByRole('radio', { name: 'Retenir les mesures' }).check()
      await page.getByLabel(/^Motif/).fill('Vérifié au téléphone avec chaque établissement')
      await page.getByRole('button', { name: 'Voir ce qui changerait' }).click()
      const effect = page.getByRole('region', { name: 'Ce qui changerait' })
      expect(await effect.innerText()).toMatch(/3\s+établissements[\s\S]*Contradiction[\s\S]*Non conforme/)
      await page.getByRole('button', { name: /Appliquer à 3/ }).click()
      await page.getByText(/3\s+cas sont décidés/).waitFor()
      expect(await page.locator('.case').count()).toBe(0)
      await page.getByRole('button', { name: 'Annuler cette décision' }).click()
      await page.getByText('La décision est annulée').waitFor()
      expect(await page.locator('.case').count()).toBe(3)
      await leave(page)
    })

  it('answers a dispute and a request of derogation, one key each', async () => {
    const page = await stage.visit(rssi(), '/revue?nature=derogation')
    await awake(page)
    await page.getByRole('link', { name: 'Examiner un par un' }).click()
    await page.getByText('Le matériel est remplacé à la rentrée prochaine.').waitFor()
    await page.getByText('Contrôle et Entrée décident').waitFor()
    await page.keyboard.press('1')
    await page.getByRole('status').filter({ hasText: 'Entrée pour décider' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('La décision est prise.').waitFor()
    await page.goto('/revue?nature=contestation')
    await awake(page)
    await page.getByRole('link', { name: 'Examiner un par un' }).click()
    await page.getByText('Aucun serveur ne reste dans ce collège').waitFor()
    await page.getByText('Contrôle et Entrée décident').waitFor()
    await page.keyboard.press('1')
    await page.getByRole('status').filter({ hasText: 'Dites pourquoi' }).waitFor()
    await page.keyboard.type('Vu lors de la visite du 3')
    await page.keyboard.press('Control+Enter')
    await page.getByText('La décision est prise.').waitFor()
    await page.goto(`/etablissements/${stage.cast.cerisiers}/exigences/${BACKUP}`)
    expect(await page.locator('.verdict').innerText()).toContain('Sans objet')
    await leave(page)
  })
})

describe('a head of school', () => {
  it('disputes and withdraws, without JavaScript', async () => {
    const { aulnes } = stage.cast
    const page = await stage.visit(head(), `/etablissements/${aulnes}/exigences/${BACKUP}`, {
      javaScript: false,
    })
    await page.getByText('Contester ce statut').click()
    await page.getByLabel('La mesure est fausse').check()
    await page.getByLabel(/^Pourquoi \(/).fill('Le rapport vient d’un serveur qui n’est plus à nous.')
    await page.getByRole('button', { name: 'Contester' }).click()
    await page.getByText('Votre contestation est transmise').waitFor()
    expect(await page.getByText('Contester ce statut').count()).toBe(0)
    await page.getByRole('button', { name: 'Retirer cette contestation' }).click()
    await page.getByText('La contestation est retirée.').waitFor()
    await leave(page)
  })

  it('asks for a derogation where it is recommended, and is never offered one where it is demanded', async () => {
    expect(ORDERED?.levels.d2).toBe('E')
    const { aulnes } = stage.cast
    const page = await stage.visit(head(), `/etablissements/${aulnes}/exigences/${DEMANDED}`)
    expect(await page.getByText('Demander une dérogation').count()).toBe(0)
    await page.getByText('n’admet pas de dérogation').waitFor()
    await page.goto(`/etablissements/${aulnes}/exigences/${OTHER_RECOMMENDED}`)
    await awake(page)
    await page.getByText('Demander une dérogation').click()
    await page.getByLabel(/^Pourquoi s’écarter/).fill('La collectivité remplace tout à la rentrée.')
    await page.getByRole('button', { name: 'Demander', exact: true }).click()
    await page.getByText('Votre demande est transmise').waitFor()
    await page.getByText('en attente de l’accord').waitFor()
    await page.getByRole('button', { name: 'Retirer cette demande' }).click()
    await page.getByText('la dérogation est retirée').waitFor()
    await leave(page)
  })
})
