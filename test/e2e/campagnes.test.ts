import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { awake, axeViolations, SCHEMES, sidewaysOverflow, unfold } from '../support/browser.ts'
import { aRunningCampaign } from './lived-campaign.ts'
import { aStage, leave } from './stage.ts'

const stage = aStage(aRunningCampaign)

const running = () => `/campagnes/${stage.cast.campaign}`
const idOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? ''

describe('a campaign', () => {
  let made = ''

  it('is prepared without JavaScript; a refusal keeps what was typed', async () => {
    const page = await stage.visit(stage.cast.people.rssi, '/campagnes/nouvelle', { javaScript: false })
    await page.getByLabel('Nom').fill('Postes des écoles')
    await page.getByLabel('But').fill('Savoir combien de postes sont protégés.')
    expect(await page.getByLabel('Établissement, s’il est seul').isVisible()).toBe(false)
    await page.getByLabel('Périmètre').selectOption('etablissement')
    await page.getByLabel('Établissement, s’il est seul').fill('nulle part')
    await page.getByLabel(/INF-PDT,/).check()
    await page.getByRole('button', { name: 'Préparer' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Nom').inputValue()).toBe('Postes des écoles')
    expect(await page.getByLabel(/INF-PDT,/).isChecked()).toBe(true)
    expect(await page.locator('#etablissement-faute').innerText()).toMatch(
      /Aucun établissement.*« nulle part »/,
    )
    await page.getByLabel('Établissement, s’il est seul').fill('Brumeval')
    await page.getByRole('button', { name: 'Préparer' }).click()
    await page.getByRole('group', { name: 'Lequel' }).waitFor()
    expect(await page.getByRole('radio').count()).toBe(4)
    await page.getByLabel('Périmètre').selectOption({ label: 'Brumeval (4 établissements)' })
    await page.getByRole('button', { name: 'Préparer' }).click()
    await page.getByText('La campagne est prête').waitFor()
    made = idOf(page)
    expect(await page.locator('main').innerText()).toMatch(/Établissements\s+4/)
    await leave(page)
  })

  it('is narrowed to one school found by words of its name', async () => {
    const page = await stage.visit(stage.cast.people.rssi, '/campagnes/nouvelle')
    await awake(page)
    await page.getByLabel('Nom').fill('Une seule école')
    await page.getByLabel('But').fill('Revoir les sauvegardes d’une école.')
    await page.getByLabel('Périmètre').selectOption('etablissement')
    await page.getByLabel('Établissement, s’il est seul').fill('Brumeval')
    await page.getByLabel(/MCO-SVG,/).check()
    await page.getByRole('button', { name: 'Préparer' }).click()
    await page.getByRole('radio', { name: /École Le Vallon/ }).check()
    await page.getByRole('button', { name: 'Préparer' }).click()
    await page.getByText('La campagne est prête').waitFor()
    const prepared = await page.locator('main').innerText()
    expect(prepared).toMatch(/Établissements\s+1\b/)
    expect(prepared).toContain('École Le Vallon')
    await leave(page)
  })

  it(
    'is opened, given to officers, followed by filters that live in the address',
    { timeout: 60_000 },
    async () => {
      const page = await stage.visit(stage.cast.people.rssi, `/campagnes/${made}`)
      await awake(page)
      await page.getByRole('button', { name: 'Ouvrir la campagne' }).click()
      await page.getByText('l’état de départ est figé').waitFor()
      await page.getByLabel('Choisir École Les Tilleuls').check()
      const officer = page.locator('#confier-agent')
      await officer.selectOption({ index: 2 })
      await page.locator('#confier-jour').fill(stage.cast.today)
      await page.getByRole('button', { name: 'Confier', exact: true }).click()
      await page.getByRole('status').filter({ hasText: 'Un établissement est confié' }).waitFor()
      await page.locator('#campagne-etat').selectOption('unassigned')
      await page.getByRole('button', { name: 'Filtrer' }).click()
      await page.waitForURL(/etat=unassigned/)
      expect(await page.locator('tbody tr').filter({ hasText: 'École' }).count()).toBe(3)
      await page.getByLabel(/Les 3 du filtre/).check()
      await officer.selectOption({ index: 2 })
      await page.getByRole('button', { name: 'Confier', exact: true }).click()
      await page.getByRole('status').filter({ hasText: '3 établissements' }).waitFor()
      await page.getByRole('link', { name: 'Par agent' }).click()
      await page.waitForURL(/vue=agents/)
      await page.getByRole('link', { name: 'Par service' }).click()
      await page.waitForURL(/vue=services/)
      expect(await page.locator('main').innerText()).toContain('Poste')
      await leave(page)
    },
  )

  it('is told to the school, with how far it is and where to answer', async () => {
    const { people, first } = stage.cast
    const page = await stage.visit(people.head, `/etablissements/${first}`)
    const notice = page.getByRole('complementary', { name: /Sauvegardes avant l’hiver/ })
    expect(await notice.innerText()).toMatch(/Votre établissement est dans la campagne[\s\S]*2 sur \d+/)
    expect(await notice.getByRole('link', { name: 'Répondre' }).getAttribute('href')).toBe(
      `/etablissements/${first}/questionnaire`,
    )
    await leave(page)
  })

  it('stands in the agenda of its officer, who begins a visit there', async () => {
    const page = await stage.visit(stage.cast.people.osp, '/visites')
    expect(await page.getByRole('heading', { name: /Commencées/ }).count()).toBe(1)
    await page
      .getByRole('button', { name: /Commencer la visite de École Le Vallon/ })
      .first()
      .click()
    await page.waitForURL(/\/visites\/[0-9a-f-]{36}/)
    await page.getByRole('heading', { name: /Visite du/ }).waitFor()
    await page.goto('/visites')
    await page.getByRole('link', { name: /Reprendre la visite de École Le Vallon/ }).waitFor()
    await leave(page)
  })

  it('is closed by a person who confirms, then compared with its opening', { timeout: 60_000 }, async () => {
    const page = await stage.visit(stage.cast.people.rssi, running())
    await awake(page)
    await page.locator('summary', { hasText: 'Clore la campagne' }).click()
    await page.getByLabel(/Je clos la campagne/).check()
    await page.getByRole('button', { name: 'Clore la campagne' }).click()
    await page.getByRole('alert').filter({ hasText: 'visite' }).waitFor()
    const { osp } = stage.cast.people
    for (const name of ['Les Tilleuls', 'Le Vallon']) {
      const visit = await stage.visit(osp, '/visites')
      const link = visit.getByRole('link', { name: new RegExp(`Reprendre la visite de École ${name}`) })
      if ((await link.count()) > 0) {
        await link.first().click()
        await awake(visit)
        await visit.getByLabel('J’ai fini cette visite').check()
        await visit.getByRole('button', { name: 'Clore la visite' }).click()
        await visit.getByText('La visite est close').first().waitFor()
      }
      await leave(visit)
    }
    await page.reload()
    await awake(page)
    await page.locator('summary', { hasText: 'Clore la campagne' }).click()
    await page.getByLabel(/Je clos la campagne/).check()
    await page.getByRole('button', { name: 'Clore la campagne' }).click()
    await page.getByText('l’état d’arrivée est figé').waitFor()
    await page.getByRole('link', { name: 'Comparer l’ouverture et la clôture' }).click()
    await page.getByText('établissements communs').waitFor()
    expect(await page.locator('main').innerText()).toMatch(/MCO-SVG-1[\s\S]*École Les Tilleuls/)
    await page.goto(running())
    await page.getByRole('link', { name: 'Repartir de celle-ci' }).click()
    await page.getByText('jamais ses réponses').waitFor()
    expect(await page.getByLabel(/MCO-SVG,/).isChecked()).toBe(true)
    await leave(page)
  })
})

for (const scheme of SCHEMES)
  it(`is accessible and fits from a phone to a large screen, ${scheme}`, { timeout: 120_000 }, async () => {
    const { people, campaign, first } = stage.cast
    const places = [
      [people.rssi, '/campagnes'],
      [people.rssi, '/campagnes/nouvelle'],
      [people.rssi, `/campagnes/${campaign}`],
      [people.rssi, `/campagnes/comparaison?gauche=${campaign}:opening&droite=${campaign}:opening`],
      [people.osp, '/visites'],
      [people.osp, `/etablissements/${first}/constats`],
    ] as const
    for (const [login, path] of places) {
      const page = await stage.visit(login, path, { scheme })
      for (const width of [390, 1280, 2560]) {
        await page.setViewportSize({ width, height: 900 })
        await unfold(page)
        const where = `${path} at ${width}, ${scheme}`
        if (width < 2560) expect(await axeViolations(page), where).toEqual([])
        expect(await sidewaysOverflow(page), where).toBeLessThanOrEqual(0)
      }
      await leave(page)
    }
  })
