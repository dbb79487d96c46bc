import type { Context, Deps } from '@vigie/api/context'
import { activateKey } from '@vigie/api/features/keys/activate-key.ts'
import { bindKey } from '@vigie/api/features/keys/bind-key.ts'
import { choosePin } from '@vigie/api/features/keys/choose-pin.ts'
import { openHandOver } from '@vigie/api/features/keys/open-hand-over.ts'
import { takeBack } from '@vigie/api/features/keys/take-back.ts'
import { codeAt } from '@vigie/api/features/otp/codes.ts'
import { anEtablissement } from './etablissement.ts'
import { aHolder, aKey, as, type TestKey } from './key.ts'

let minted = 0

export interface Circonscription {
  readonly circonscription: string
  /** A primary school of it. */
  readonly uai: string
  readonly ien: Context
  readonly osp: Context
  readonly diaser: Context
  readonly assistance: Context
  /** A directeur of that school. */
  holder(input?: { login?: string; mail?: string; callBackNumber?: string }): Promise<string>
  /** A key of the département's stock, prepared for that holder. */
  prepare(holderId: string): Promise<TestKey>
  /** The same, handed over face to face and activated: PIN 4071, one code spent. */
  handOver(holderId: string, key?: TestKey): Promise<TestKey>
  takeBack(key: TestKey): Promise<void>
  /** HOTP code of a key at a counter. */
  code(key: TestKey, counter: number): string
}

/** One circonscription with its people, who act by the product's own verbs. */
export async function aCirconscription(deps: Deps, departement = '991'): Promise<Circonscription> {
  minted += 1
  const code = `099${departement.slice(-1)}${String(900 + minted)}Z`
  const uai = await anEtablissement().inDepartement(departement).inCirconscription(code).insert(deps.db)
  const ien = as(deps, 'ien', 'circonscription', code)
  const osp = as(deps, 'osp', 'departement', departement)
  const codeOf: Circonscription['code'] = ({ seed }, counter) =>
    codeAt({ type: 'hotp', algorithm: 'SHA1', digits: 6, period: null, seed, counter: 0, drift: 0 }, counter)
  const prepare: Circonscription['prepare'] = async (holderId) => {
    const key = await aKey(deps, { departement })
    await bindKey(osp, key.serial, holderId)
    return key
  }
  return {
    circonscription: code,
    uai,
    ien,
    osp,
    diaser: as(deps, 'diaser', 'academie', '98'),
    assistance: as(deps, 'assistance', 'academie', '98'),
    holder: async (input = {}) => (await aHolder(deps, { uai, ...input })).id,
    prepare,
    handOver: async (holderId, prepared) => {
      const key = prepared ?? (await prepare(holderId))
      await openHandOver(ien, key.serial, { identityChecked: true })
      await choosePin(ien, key.serial, '4071')
      await activateKey(ien, key.serial, { pin: '4071', code: codeOf(key, 0) })
      return key
    },
    takeBack: async (key) => {
      await takeBack(ien, key.serial, { reason: 'Restitution des essais' })
    },
    code: codeOf,
  }
}
