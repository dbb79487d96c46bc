import { typed } from '#lib/form-text.ts'
import type { NewTarget } from './supervision-view.ts'

/** What was typed to have something watched. */
export interface TypedTarget {
  readonly module: string
  readonly address: string
  readonly label: string
  readonly service: string
}

export const NO_TARGET: TypedTarget = { module: '', address: '', label: '', service: '' }

/** In: the form. Out: what it must show again after a refusal. */
export const typedTarget = (form: FormData): TypedTarget => ({
  module: typed(form, 'nature'),
  address: typed(form, 'adresse'),
  label: typed(form, 'nom'),
  service: typed(form, 'service'),
})

/** In: the form. Out: what to send; the API refuses by name a choice that does not exist. */
export function readTarget(form: FormData): NewTarget {
  const { module, address, label, service } = typedTarget(form)
  return {
    module: module as NewTarget['module'],
    address,
    label,
    service: service === '' ? null : (service as NonNullable<NewTarget['service']>),
  }
}
