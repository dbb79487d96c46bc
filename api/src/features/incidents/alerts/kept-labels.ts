/** Words of a label's name that say that its value could point to a person, or to where a person is. */
const PERSONAL = new Set([
  'login',
  'user',
  'users',
  'username',
  'utilisateur',
  'usager',
  'identifiant',
  'account',
  'compte',
  'holder',
  'porteur',
  'person',
  'personne',
  'owner',
  'firstname',
  'lastname',
  'surname',
  'nom',
  'prenom',
  'email',
  'mail',
  'courriel',
  'phone',
  'telephone',
  'tel',
  'serial',
  'ip',
  'client',
  'source',
  'remote',
])

const MAIL = /[^\s<>()",;:@]{1,64}@[^\s<>()",;:@]{1,255}/g
const HIDDEN = '[adresse retirée]'

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)

/** In: a text of an alert. Out: the same, at most so long, without mail address. */
export const withoutMail = (text: string, most: number): string => text.replace(MAIL, HIDDEN).slice(0, most)

/**
 * In: the labels of an alert. Out: those that can be kept: none whose name speaks of a person, nor any whose value is a
 * mail address.
 */
export const keptLabels = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(labels).filter(
      ([name, value]) => !wordsOf(name).some((word) => PERSONAL.has(word)) && value.search(MAIL) === -1,
    ),
  )

const MOST = 4_000

/** In: annotations. Out: the same, cut to a readable length, without mail address; links are kept only over HTTP. */
export const keptAnnotations = (annotations: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(annotations).flatMap(([name, value]) => {
      if (name.endsWith('_url')) return isWebAddress(value) ? [[name, value]] : []
      return [[name, withoutMail(value, MOST)]]
    }),
  )

/** True for an address that a page may link to: over HTTP, or a page of Vigie itself. */
export const isWebAddress = (text: string): boolean =>
  /^\/(?![/\\])/.test(text) || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
