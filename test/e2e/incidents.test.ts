import { describe, expect, it } from 'vitest'
import { awake, SCHEMES, troublesOf } from '../support/browser.ts'
import { aBusyMorning, aWatchedAcademie } from './lived-incidents.ts'
import { disclose } from './key-desk.ts'
import { aStage, areFit, leave } from './stage.ts'

const stage = aStage(async (deps) => {
  const academie = await aWatchedAcademie(deps)
  return { ...academie, ...(await aBusyMorning(deps, academie)) }
})

const main = 'main'

describe('a quiet school', () => {
  it('tells the head of a quiet school, in three sentences, that all is well', async () => {
    const page = await stage.visit(stage.cast.people.quietHead, '/incidents')
    const text = await page.locator(main).innerText()
    expect(text).toContain('rien n’est en panne')
    expect(text).toContain('Aucune de vos demandes')
    expect(text).toContain('Vous n’avez rien à faire')
    await leave(page)
  })
})

describe('a request, from the school to its resolution', () => {
  it('is sent by the head, taken up and resolved by the help desk, and read back by the head', async () => {
    const { people } = stage.cast
    const head = await stage.visit(people.head, '/incidents')
    const troubles = troublesOf(head)
    await head.getByRole('link', { name: 'Signaler un incident ou faire une demande' }).click()
    await awake(head)
    await head.getByText('Collège des Tilleuls, Villeneuve-les-Essais').waitFor()
    await head.getByLabel('J’ai besoin de quelque chose').check()
    await head.getByLabel('En une phrase').fill('Installer un second point d’accès au CDI')
    await head.getByLabel('Racontez').fill('Une classe entière y travaille désormais chaque jour.')
    await head.getByRole('button', { name: 'Envoyer' }).click()
    await head.getByRole('status').filter({ hasText: 'C’est transmis' }).waitFor()
    const address = new URL(head.url()).pathname

    const desk = await stage.visit(people.assistance, '/incidents')
    await desk.getByRole('link', { name: 'Installer un second point d’accès' }).click()
    await desk.getByRole('button', { name: 'Prendre en compte' }).click()
    await desk.getByText(/En cours depuis .* Pris en compte/).waitFor()
    await disclose(desk, 'Commenter')
    await desk.getByLabel('Votre commentaire').fill('La borne est commandée.')
    await desk.getByRole('button', { name: 'Ajouter' }).click()
    await desk.getByRole('status').filter({ hasText: 'ajouté' }).waitFor()
    await disclose(desk, 'Résoudre')
    await desk.getByLabel('Ce qui a été fait').fill('Borne posée et vérifiée.')
    await desk.getByRole('button', { name: 'Résoudre l’incident' }).click()
    await desk.getByText(/^Résolu en .* par/).waitFor()
    await leave(desk)

    await head.goto(address)
    const story = await head.getByRole('list', { name: /Histoire/ }).innerText()
    expect(story).toMatch(/La borne est commandée[\s\S]*Borne posée et vérifiée/)
    expect(troubles).toEqual([])
    await leave(head)
  })

  it('is sent and handled without JavaScript; a refusal keeps what was typed, and shows where', async () => {
    const { people } = stage.cast
    const page = await stage.visit(people.head, '/incidents/nouveau', { javaScript: false, width: 390 })
    await page.getByLabel('En une phrase').fill('     ')
    await page.getByLabel('Racontez').fill('Le vidéoprojecteur de la salle 12 reste noir.')
    await page.getByLabel('On ne peut plus travailler').check()
    await page.getByRole('button', { name: 'Envoyer' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Racontez').inputValue()).toContain('vidéoprojecteur')
    expect(await page.getByLabel('On ne peut plus travailler').isChecked()).toBe(true)
    expect(await page.getByLabel('En une phrase').getAttribute('aria-invalid')).toBe('true')
    expect(await page.title()).toContain('Erreur')
    await page.getByLabel('En une phrase').fill('Vidéoprojecteur noir, salle 12')
    await page.getByRole('button', { name: 'Envoyer' }).click()
    await page.getByRole('heading', { level: 1, name: 'Vidéoprojecteur noir, salle 12' }).waitFor()
    await page.locator('summary', { hasText: 'Résoudre' }).click()
    await page.getByLabel('Ce qui a été fait').fill('Câble remis en place.')
    await page.getByRole('button', { name: 'Résoudre l’incident' }).click()
    await page.getByText(/^Résolu en .* par/).waitFor()
    await page.locator('summary', { hasText: 'Rouvrir' }).click()
    await page.getByLabel('Pourquoi le rouvrir').fill('De nouveau noir ce matin.')
    await page.getByRole('button', { name: 'Rouvrir l’incident' }).click()
    await page.getByText('personne ne s’en occupe encore').waitFor()
    await leave(page)
  })
})

describe('an alert', () => {
  it('shows what to do, is taken with the keyboard alone, and is not resolved by mistake', async () => {
    const { people, attack } = stage.cast
    const page = await stage.visit(people.rssi, '/incidents')
    await awake(page)
    await page.getByRole('link', { name: /essaie les codes/ }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/incidents/${attack}`)
    const todo = page.getByRole('region', { name: 'Que faire' })
    expect(await todo.innerText()).toMatch(/Vérifier[\s\S]*Qui prévenir/)
    await page.getByRole('button', { name: 'Me le confier' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'confié' }).waitFor()
    await page.locator('summary', { hasText: 'Résoudre' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Ce qui a été fait').fill('Rien.')
    await page.getByRole('button', { name: 'Résoudre l’incident' }).press('Enter')
    expect(await page.getByText('L’alerte sonne toujours').count()).toBe(1)
    await page.locator('summary', { hasText: 'alerte reçue' }).press('Enter')
    await page.getByText('alertname').waitFor()
    await todo.getByRole('link', { name: 'Lire la conduite' }).click()
    await page.waitForURL('**/exploitation/alertes#otpbruteforce')
    expect(await page.locator('h2#otpbruteforce').innerText()).toContain('essais répétés')
    await page.goto('/incidents?miens=oui')
    expect(await page.locator('tbody tr').count()).toBe(1)
    await leave(page)
  })

  it('is corrected where it is wrong, and says what was refused', async () => {
    const { people, asked, quiet } = stage.cast
    const page = await stage.visit(people.rssi, `/incidents/${asked}`)
    await awake(page)
    await disclose(page, 'Corriger')
    await page.getByLabel('Exigence du référentiel').fill('le wifi')
    await page.getByRole('button', { name: 'Corriger' }).click()
    await page.getByText('Attendu un identifiant du référentiel').first().waitFor()
    expect(await page.getByLabel('Exigence du référentiel').inputValue()).toBe('le wifi')
    await page.getByLabel('Exigence du référentiel').fill('')
    await page.getByLabel('Gravité', { exact: true }).selectOption('critical')
    await page.getByLabel('Établissement (UAI)').fill(quiet.toLowerCase())
    await page.getByRole('button', { name: 'Corriger' }).click()
    await page.getByRole('status').filter({ hasText: 'corrigé' }).waitFor()
    await expect.poll(() => page.locator(main).innerText()).toContain('École des Peupliers')
    await leave(page)
  })
})

describe('the queue', () => {
  it('says who acts and since when, and narrows by what its address says', async () => {
    const page = await stage.visit(stage.cast.people.rssi, '/incidents', { javaScript: false })
    const row = await page.locator('tbody tr', { hasText: 'Le site du collège' }).innerText()
    expect(row).toMatch(/Majeur[\s\S]*À prendre en compte[\s\S]*La collectivité[\s\S]*5\sheures/)
    await page.getByLabel('Origine').selectOption('alert')
    await page.getByLabel(/Mots, établissement/).fill('tilleuls')
    await page.getByRole('button', { name: 'Filtrer' }).click()
    await page.waitForURL(/q=tilleuls.*origine=alert/)
    expect(await page.locator('tbody tr').count()).toBe(1)
    await page.getByRole('link', { name: /Résolu/ }).click()
    await page.getByText('Aucun incident ne répond à ces filtres').waitFor()
    await page.getByRole('link', { name: 'tous les incidents' }).click()
    expect(await page.locator('tbody').innerText()).toContain('Plus d’impression au secrétariat')
    await leave(page)
  })

  it('is read without being worked on by the AQSSI', async () => {
    const { people, attack } = stage.cast
    const page = await stage.visit(people.aqssi, `/incidents/${attack}`)
    expect(await page.getByRole('button', { name: /Prendre|Résoudre|Confier/ }).count()).toBe(0)
    await page.goto('/incidents')
    expect(await page.getByRole('link', { name: 'Signaler ou demander' }).count()).toBe(0)
    await page.goto('/incidents/nouveau')
    expect(await page.locator(main).innerText()).toContain('n’en ouvre pas')
    await leave(page)
  })

  it('keeps an incident of another school to itself', async () => {
    const page = await stage.visit(stage.cast.people.quietHead, `/incidents/${stage.cast.over}`)
    await page.getByRole('heading', { name: 'Page introuvable' }).waitFor()
    await leave(page)
  })
})

describe('whoever follows several places', () => {
  it('chooses where it happens: by name, by UAI, or nowhere in particular', async () => {
    const { people, uai } = stage.cast
    const page = await stage.visit(people.rssi, '/incidents/nouveau', { javaScript: false })
    await page.getByLabel(/Où cela se passe/).fill('tilleuls')
    await page.getByRole('button', { name: 'Chercher' }).click()
    await page.getByRole('link', { name: /Collège des Tilleuls/ }).click()
    await page.getByLabel('En une phrase').waitFor()
    await page.getByRole('link', { name: 'Changer' }).click()
    await page.getByRole('link', { name: /aucun établissement en particulier/ }).click()
    await page.getByText('Aucun établissement en particulier').waitFor()
    await leave(page)
    const desk = await stage.visit(people.assistance, '/incidents/nouveau')
    await desk.getByLabel(/Où cela se passe/).fill('0990000A')
    await desk.getByRole('button', { name: 'Continuer' }).click()
    await desk.getByRole('alert').filter({ hasText: 'n’est pas un UAI' }).waitFor()
    await desk.getByLabel(/Où cela se passe/).fill(uai)
    await desk.getByRole('button', { name: 'Continuer' }).click()
    await desk.getByText(`UAI ${uai}`).waitFor()
    await leave(desk)
  })
})

for (const scheme of SCHEMES)
  describe(`on a phone and a laptop, ${scheme}`, () => {
    it('the queue, incidents and the ways to open one are accessible and fit', async () => {
      const { people, attack, asked, over } = stage.cast
      await areFit(stage.visit, scheme, people.rssi, [
        '/incidents?etat=tous',
        '/incidents?q=rien',
        `/incidents/${attack}`,
        `/incidents/${over}`,
        '/incidents/nouveau',
        '/incidents/nouveau?etablissement=aucun',
      ])
      await areFit(stage.visit, scheme, people.head, ['/incidents', `/incidents/${asked}`])
      await areFit(stage.visit, scheme, people.quietHead, ['/incidents'])
    })

    it('the operator’s documents are accessible and fit', () =>
      areFit(stage.visit, scheme, stage.cast.people.rssi, ['/exploitation', '/exploitation/journal']))
  })

it('shows the runbooks at once, each under the name of its alert, without JavaScript', async () => {
  const page = await stage.visit(stage.cast.people.rssi, '/exploitation/alertes', { javaScript: false })
  expect(await page.locator('h2#vigiedown, h2#otpreplay').count()).toBe(2)
  await page
    .getByRole('link', { name: /^JournalBroken/ })
    .first()
    .click()
  await page.waitForURL('**/exploitation/alertes#journalbroken')
  await page.goto('/exploitation/inconnu')
  await page.getByRole('heading', { name: 'Page introuvable' }).waitFor()
  await leave(page)
})
