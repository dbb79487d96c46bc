/** What a person may note of a machine; undefined leaves it as it is. */
export interface MachineChange {
  usage?: 'administratif' | 'pedagogique' | null
  shared?: boolean | null
  retired?: boolean
}

const TERNARY = { oui: true, non: false, inconnu: null } as const
const USAGES = { administratif: 'administratif', pedagogique: 'pedagogique', inconnu: null } as const

const pick = <T>(choices: Readonly<Record<string, T>>, value: FormDataEntryValue | null): T | undefined =>
  typeof value === 'string' && Object.hasOwn(choices, value) ? choices[value] : undefined

/** In: the form of a machine. Out: the change to send. */
export function readMachineForm(form: FormData): MachineChange {
  const usage = pick(USAGES, form.get('usage'))
  const shared = pick(TERNARY, form.get('partage'))
  return {
    ...(usage === undefined ? {} : { usage }),
    ...(shared === undefined ? {} : { shared }),
    retired: form.get('sortie') === 'oui',
  }
}
