import type { RequestEvent } from '@sveltejs/kit'
import { endOfDay } from '#lib/components/review/expiry-day.ts'
import { readTypedDecision } from '#lib/components/review/typed-decision.ts'
import { typed as textOf } from '#lib/form-text.ts'
import { apiOf, submit } from './api.ts'

type AtRequirement = Pick<RequestEvent, 'cookies' | 'request' | 'url' | 'getClientAddress'> & {
  readonly params: { readonly uai: string; readonly requirement: string }
}
type DecidedVerdict = 'compliant' | 'partial' | 'non_compliant' | 'not_applicable'

const placeOf = (event: AtRequirement) => apiOf(event).v1.etablissements[':uai']
const idIn = async (event: AtRequirement) => textOf(await event.request.formData(), 'id')

/** Settles a contradiction from the requirement's page. */
export async function takeArbitration(event: AtRequirement) {
  const form = await event.request.formData()
  const typed = readTypedDecision(form)
  const kept = { at: 'arbitrer' as const, typed }
  const json = {
    verdict: typed.choice as DecidedVerdict,
    reason: typed.reason,
    expiresAt: endOfDay(typed.day) ?? '',
    seen: textOf(form, 'vu'),
  }
  const answer = await submit(
    placeOf(event).arbitrations[':requirement'].$put({ param: event.params, json }),
    kept,
  )
  return answer.ok ? { at: kept.at, done: 'La contradiction est tranchée.' } : answer.failure
}

/** Disputes a verdict. */
export async function takeDispute(event: AtRequirement) {
  const typed = readTypedDecision(await event.request.formData())
  const kept = { at: 'contester' as const, typed }
  const json = {
    requirement: event.params.requirement as 'INF-AUT-1',
    kind: typed.choice as 'not_applicable' | 'wrong_observation',
    reason: typed.reason,
  }
  const answer = await submit(placeOf(event).disputes.$post({ param: event.params, json }), kept)
  return answer.ok
    ? { at: kept.at, done: 'Votre contestation est transmise au responsable de la sécurité.' }
    : answer.failure
}

/** Asks for a derogation to a recommended requirement. */
export async function askDerogation(event: AtRequirement) {
  const typed = readTypedDecision(await event.request.formData())
  const kept = { at: 'demander-derogation' as const, typed }
  const json = {
    requirement: event.params.requirement as 'INF-AUT-1',
    justification: typed.reason,
    expiresAt: endOfDay(typed.day) ?? '',
  }
  const answer = await submit(placeOf(event).derogations.$post({ param: event.params, json }), kept)
  return answer.ok
    ? { at: kept.at, done: 'Votre demande est transmise au responsable de la sécurité.' }
    : answer.failure
}

const TAKEN_BACK = { at: 'retirer' as const }

export async function takeBackArbitration(event: AtRequirement) {
  const answer = await submit(
    placeOf(event).arbitrations[':requirement'].$delete({ param: event.params }),
    TAKEN_BACK,
  )
  return answer.ok
    ? { ...TAKEN_BACK, done: 'L’arbitrage est retiré : les mesures et la déclaration comptent de nouveau.' }
    : answer.failure
}

export async function takeBackDispute(event: AtRequirement) {
  const param = { id: await idIn(event) }
  const answer = await submit(apiOf(event).v1.disputes[':id'].$delete({ param }), TAKEN_BACK)
  return answer.ok ? { ...TAKEN_BACK, done: 'La contestation est retirée.' } : answer.failure
}

export async function takeBackDerogation(event: AtRequirement) {
  const param = { uai: event.params.uai, id: await idIn(event) }
  const answer = await submit(placeOf(event).derogations[':id'].withdrawal.$post({ param }), TAKEN_BACK)
  return answer.ok ? { ...TAKEN_BACK, done: 'C’est fait : la dérogation est retirée.' } : answer.failure
}
