import type { Deps } from '@vigie/api/context'
import { createAccount } from '@vigie/api/features/accounts/create-account.ts'
import { attachScan } from '@vigie/api/features/bordereaux/attach-scan.ts'
import { reportWeekly } from '@vigie/api/features/deployment/report-weekly.ts'
import { receiveShipment } from '@vigie/api/features/key-stock/receive-shipment.ts'
import { sendShipment } from '@vigie/api/features/key-stock/send-shipment.ts'
import { setThreshold } from '@vigie/api/features/key-stock/set-threshold.ts'
import { activateKey } from '@vigie/api/features/keys/activate-key.ts'
import { bindKey } from '@vigie/api/features/keys/bind-key.ts'
import { changeKey } from '@vigie/api/features/keys/change-key.ts'
import { choosePin } from '@vigie/api/features/keys/choose-pin.ts'
import { openHandOver } from '@vigie/api/features/keys/open-hand-over.ts'
import type { Database, Perimeter } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import { aClock } from '../support/clock.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { PASSWORD } from '../support/e2e-server.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aHeldKey, aHolder, aKey, as, codeOf, PIN } from '../support/key.ts'

const DAY = 86_400_000
const CIRCONSCRIPTION = '0990801C'

/** One page of PDF, small enough to be read here. */
const SCAN = new TextEncoder().encode(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

/** A stock, holders and keys with a past of ten weeks, told day by day through the product's own verbs. */
export async function aLivedParkOfKeys(db: Database) {
  const start = Date.now()
  const clock = aClock(new Date(start).toISOString())
  const deps: Deps = depsOn(db, { clock })
  const daysAgo = (days: number) => clock.set(new Date(start - days * DAY).toISOString())
  const dayIn = (days: number) => new Date(start + days * DAY).toISOString().slice(0, 10)
  const person = async (role: Role, displayName: string, kind: Perimeter['kind'], code: string) => {
    const login = `${role.replaceAll('_', '-')}.cles`
    const grants = [{ role, perimeter: { kind, code } }]
    const id = await createAccount(contextOf(deps), { login, displayName, password: PASSWORD, grants })
    return { login, ctx: contextOf(deps, { kind: 'account', id, login, displayName, grants }) }
  }

  daysAgo(70)
  const schools: string[] = []
  for (let number = 1; number <= 6; number += 1)
    schools.push(
      await anEtablissement()
        .inDepartement(number <= 4 ? '991' : '992')
        .inCirconscription(CIRCONSCRIPTION)
        .with({ name: `École des Essais ${number}`, commune: 'Villeneuve-les-Essais' })
        .insert(db),
    )
  const college = await anEtablissement().college().insert(db)
  const school = schools[0] ?? ''
  const diaser = await person('diaser', 'Noé Registre', 'academie', '98')
  const osp = await person('osp', 'Lucie Coffre', 'departement', '991')
  const ien = await person('ien', 'Gaspard Remise', 'circonscription', CIRCONSCRIPTION)
  const head = await person('chef_etablissement', 'Mathilde Collège', 'etablissement', college)
  const comite = await person('comite', 'Comité des essais', 'academie', '98')

  for (let number = 0; number < 40; number += 1)
    await aKey(deps, { departement: null, expiresOn: dayIn(number < 4 ? 60 : 900 + number * 30) })
  await aKey(deps, { departement: '991', expiresOn: dayIn(-20) })
  const story = await aKey(deps, { serial: 'VIE-0001', departement: null, expiresOn: dayIn(30) })
  await setThreshold(diaser.ctx, { departement: '991' }, { minimum: 12 })
  await setThreshold(diaser.ctx, { departement: '992' }, { minimum: 2 })

  daysAgo(60)
  const sent = await sendShipment(diaser.ctx, { departement: '991', count: 9, comment: 'Rentrée' })
  await receiveShipment(osp.ctx, sent.id)
  const second = await sendShipment(diaser.ctx, { departement: '992', count: 5 })
  await receiveShipment(diaser.ctx, second.id)

  daysAgo(50)
  const director = await aHolder(deps, {
    uai: school,
    login: 'dir.histoire',
    displayName: 'Camille Histoire',
    mail: 'camille.histoire@exemple.fr',
  })
  await bindKey(osp.ctx, story.serial, director.id)
  daysAgo(42)
  const slip = await openHandOver(ien.ctx, story.serial, { identityChecked: true })
  await choosePin(ien.ctx, story.serial, PIN)
  await activateKey(ien.ctx, story.serial, { pin: PIN, code: codeOf(deps, story, 0) })
  daysAgo(40)
  await attachScan(ien.ctx, slip.bordereauId, {
    file: new File([SCAN], 'bordereau signé.pdf', { type: 'application/pdf' }),
    signedOn: dayIn(-42),
  })
  const others: string[] = []
  const equip = async (number: number, until: 'initialised' | 'handed_over' | 'active') => {
    const uai = schools[number] ?? ''
    const holder = await aHolder(deps, { uai, displayName: `Directrice Essai ${number}` })
    others.push((await aHeldKey(deps, holder.id, { until })).serial)
  }
  const report = async () => void (await reportWeekly(contextOf(deps)))
  const past: readonly (readonly [number, () => Promise<unknown>])[] = [
    [40, report],
    [34, () => equip(1, 'active')],
    [33, report],
    [28, () => equip(2, 'active')],
    [26, report],
    [22, () => equip(3, 'active')],
    [20, () => changeKey(osp.ctx, story.serial, { transition: 'pause', reason: 'Congé de deux semaines' })],
    [19, report],
    [16, () => equip(4, 'handed_over')],
    [12, () => changeKey(osp.ctx, story.serial, { transition: 'resume' })],
    [12, report],
    [10, () => equip(5, 'initialised')],
    [5, report],
  ]
  for (const [days, happen] of past) {
    daysAgo(days)
    await happen()
  }
  const teacher = await aHolder(deps, { uai: college, function: 'enseignant', displayName: 'Prof Essai' })
  await aHeldKey(deps, teacher.id)
  const free = await aHolder(deps, { uai: school, login: 'dir.libre', displayName: 'Sans Clé' })
  const mairie = await aHolder(deps, {
    function: 'mairie',
    communeCode: '99001',
    orderNumber: 1,
    displayName: 'Mairie de Villeneuve-les-Essais',
  })
  await aHeldKey(deps, mairie.id)
  await changeKey(as(deps, 'osp', 'departement', '991'), others[1] ?? '', {
    transition: 'report_lost',
    reason: 'Sac oublié dans un train',
  })

  daysAgo(2)
  await sendShipment(diaser.ctx, { departement: '991', count: 6, comment: 'Complément' })
  daysAgo(0)

  return {
    deps,
    clock,
    school,
    college,
    story: { serial: story.serial, slip: slip.bordereauId, number: slip.number, holder: director.id },
    lost: others[1] ?? '',
    spare: others[2] ?? '',
    free: free.id,
    mairie: mairie.id,
    diaser: diaser.login,
    osp: osp.login,
    ien: ien.login,
    head: head.login,
    comite: comite.login,
  }
}
