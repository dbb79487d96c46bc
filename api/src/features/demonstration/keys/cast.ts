import type { Context } from '../../../context.ts'
import { openAccount, type AccountActor } from '../open-accounts.ts'
import { planPeople, type Persona } from '../people.ts'
import type { PlannedEtablissement } from '../plan/etablissements.ts'
import { DEPARTEMENTS_OF_VALMONT } from '../plan/places.ts'

/** Who acts on keys in the story, each under an account of their own. */
export interface KeyCast {
  readonly diaser: AccountActor
  readonly chef: AccountActor
  readonly assistance: AccountActor
  osp(departement: string): AccountActor
  ien(circonscription: string): AccountActor
}

const OSP_NAMES: Readonly<Record<string, string>> = {
  '992': 'Blaise Corvaisier',
  '993': 'Odile Marquesane',
  '994': 'Tristan Blévigny',
}
const IEN_NAMES = [
  'Hélène Sarrasine',
  'Valère Poncelune',
  'Agathe Brémontier-Luz',
  'Cyprien Daveloose',
  'Marthe Isembourg',
  'Lazare Quillaumet',
  'Sidonie Vaucresson-Lys',
] as const

/** Opens the accounts that the demonstration's first ones do not cover: an OSP per département, an IEN per circonscription. */
export async function gatherCast(ctx: Context, items: readonly PlannedEtablissement[]): Promise<KeyCast> {
  const people = planPeople()
  const named = async (login: string) => {
    const persona = people.find((one) => one.login === login)
    if (!persona) throw new Error(`no account ${login} in the demonstration`)
    return openAccount(ctx, persona)
  }
  const osps = new Map<string, AccountActor>([['991', await named('osp.demo')]])
  for (const { code, name } of DEPARTEMENTS_OF_VALMONT) {
    if (osps.has(code) || !items.some(({ commune }) => commune.departement === code)) continue
    osps.set(code, await openAccount(ctx, ospOf(code, name)))
  }
  const first = await named('ien.demo')
  const iens = new Map<string, AccountActor>([[first.grants[0]?.perimeter.code ?? '', first]])
  for (const { circonscription } of items) {
    if (circonscription === null || iens.has(circonscription.code)) continue
    iens.set(circonscription.code, await openAccount(ctx, ienOf(circonscription, iens.size - 1)))
  }
  const found = (actors: ReadonlyMap<string, AccountActor>, code: string): AccountActor => {
    const actor = actors.get(code)
    if (!actor) throw new Error(`nobody acts for ${code}`)
    return actor
  }
  return {
    diaser: await named('diaser.demo'),
    chef: await named('chef.demo'),
    assistance: await named('assistance.demo'),
    osp: (departement) => found(osps, departement),
    ien: (circonscription) => found(iens, circonscription),
  }
}

const ospOf = (code: string, name: string): Persona => ({
  login: `osp.${code}.demo`,
  displayName: OSP_NAMES[code] ?? `Sécurité de proximité, ${name}`,
  grants: [{ role: 'osp', perimeter: { kind: 'departement', code } }],
  perimeterLabel: name,
})

const ienOf = ({ code, name }: { code: string; name: string }, rank: number): Persona => ({
  login: `ien.${code.toLowerCase()}.demo`,
  displayName: IEN_NAMES[rank % IEN_NAMES.length] ?? IEN_NAMES[0],
  grants: [{ role: 'ien', perimeter: { kind: 'circonscription', code } }],
  perimeterLabel: `Circonscription ${name}`,
})
