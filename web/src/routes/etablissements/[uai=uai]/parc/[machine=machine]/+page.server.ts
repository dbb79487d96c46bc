import { readMachineForm } from '#lib/components/etablissement/machine-form.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

interface Place {
  readonly uai: string
  readonly machine: string
}

const paramOf = ({ uai, machine }: Place) => ({ uai, machineId: machine })

export const load: PageServerLoad = async (event) => {
  const machine = await read(
    apiOf(event).v1.etablissements[':uai'].parc[':machineId'].$get({ param: paramOf(event.params) }),
    event.url,
  )
  return { machine, leaf: machine.name, text: (event.url.searchParams.get('q') ?? '').trim() }
}

export const actions: Actions = {
  default: async (event) => {
    const json = readMachineForm(await event.request.formData())
    const answer = await submit(
      apiOf(event).v1.etablissements[':uai'].parc[':machineId'].$patch({
        param: paramOf(event.params),
        json,
      }),
      json,
    )
    return answer.ok ? { saved: true } : answer.failure
  },
}
