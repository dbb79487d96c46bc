import { may } from '#lib/account.ts'
import { readTest, typedTest } from '#lib/components/backups/restore-form.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

const of = (event: Pick<RequestEvent, 'cookies' | 'request' | 'url' | 'getClientAddress'>) =>
  apiOf(event).v1.etablissements[':uai']

export const load: PageServerLoad = async (event) => {
  const { me, now } = event.locals
  const param = { uai: event.params.uai }
  const api = of(event)
  const [backups, tests, keys] = await Promise.all([
    read(api.backups.$get({ param }), event.url),
    read(api['restore-tests'].$get({ param }), event.url),
    read(api['signing-keys'].$get({ param }), event.url),
  ])
  return {
    backups,
    tests,
    keys,
    today: now.toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' }),
    may: {
      remove: may(me, 'backup:manage'),
      record: may(me, 'restore_test:record'),
      sign: may(me, 'signing_key:manage'),
    },
  }
}

export const actions: Actions = {
  enregistrer: async (event) => {
    const test = typedTest(await event.request.formData())
    const kept = { at: 'enregistrer' as const, test }
    const answer = await submit(
      of(event)['restore-tests'].$post({
        param: { uai: event.params.uai },
        json: readTest(test, event.locals.now),
      }),
      kept,
    )
    if (!answer.ok) return answer.failure
    return {
      at: kept.at,
      done:
        test.result === 'success'
          ? 'Le test est enregistré et signé : il compte.'
          : 'Le test est enregistré et signé. Il ne compte pas comme une restauration réussie : cherchez la cause, puis recommencez.',
    }
  },

  ajouter: async (event) => {
    const form = await event.request.formData()
    const key = { label: typed(form, 'nom'), publicKey: typed(form, 'publique') }
    const kept = { at: 'ajouter' as const, key }
    const answer = await submit(
      of(event)['signing-keys'].$post({ param: { uai: event.params.uai }, json: key }),
      kept,
    )
    if (!answer.ok) return answer.failure
    return {
      at: kept.at,
      done: `La clé est enregistrée. Écrivez son numéro dans les réglages de la machine : ${answer.data.id}`,
    }
  },

  revoquer: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'revoquer' as const }
    const param = { uai: event.params.uai, key: typed(form, 'cle') }
    const answer = await submit(of(event)['signing-keys'][':key'].$delete({ param }), kept)
    return answer.ok ? { ...kept, done: 'La clé est révoquée.' } : answer.failure
  },

  retirer: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'retirer' as const }
    const param = { uai: event.params.uai, repository: typed(form, 'depot') }
    const answer = await submit(of(event).backups[':repository'].$delete({ param }), kept)
    return answer.ok ? { ...kept, done: 'Ce dépôt n’est plus suivi.' } : answer.failure
  },
}
