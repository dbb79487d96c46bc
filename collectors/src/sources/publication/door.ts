import { networkReason, tlsReason } from '../network-reason.ts'
import { breathe, probeSignal, type Pace } from '../etablissement/pace.ts'
import { isLoginPath, readDoor } from './login-signs.ts'
import { askPage, type PageAnswer } from './page-exchange.ts'
import { demandsStrong } from './strong-request.ts'

/** A function of the establishment that only some may enter: publishing, the display console. */
export interface Door {
  readonly url: URL
  /** Hosts where redirects may be followed; that of `url` is one. */
  readonly allowedHosts: ReadonlySet<string>
  /** Hosts of the single sign-on: a redirect there is a login, and is not followed. */
  readonly loginHosts: ReadonlySet<string>
  /** Text that the page shows to whoever is in. */
  readonly editorMark?: string
  /** Authentication contexts that are strong for this single sign-on. */
  readonly strongContexts: ReadonlySet<string>
}

export type DoorVerdict =
  | { readonly kind: 'login'; readonly how: string; readonly strong: boolean }
  | { readonly kind: 'open' }
  /** French, naming the remedy. */
  | { readonly kind: 'unproven'; readonly why: string }

const MAX_STEPS = 4

/** Knocks at a door as anyone passing by. Follows redirects on the allowed hosts only, four pages at most. */
export async function knock(
  door: Door,
  ca: string | undefined,
  pace: Pace,
  signal: AbortSignal,
): Promise<DoorVerdict> {
  let address = door.url
  for (let step = 0; step < MAX_STEPS; step += 1) {
    await breathe(pace, signal)
    const answer = await askPage(address, ca, probeSignal(pace, signal))
    signal.throwIfAborted()
    const next = judge(answer, address, door)
    if ('kind' in next) return next
    address = next.follow
  }
  return {
    kind: 'unproven',
    why: `${door.url.host} renvoie de page en page. Donnez l’adresse où l’on publie.`,
  }
}

function judge(answer: PageAnswer, address: URL, door: Door): DoorVerdict | { readonly follow: URL } {
  if (answer.kind === 'silent') {
    return {
      kind: 'unproven',
      why:
        answer.reason === 'certificate'
          ? `${address.host} ne passe pas la vérification : ${tlsReason(answer.code) ?? 'certificat non reconnu'}. Renouvelez le certificat, ou donnez son autorité par « caFile ».`
          : `${address.host} ne répond pas (${networkReason(answer.code)}). Vérifiez l’adresse, et l’accès depuis Vigie.`,
    }
  }
  const { status } = answer
  if (status === 401) return login('demande d’authentification (401)')
  if (status === 403) return login('accès interdit sans compte (403)')
  if (status >= 300 && status < 400) return judgeRedirect(answer.location, address, door)
  if (status !== 200) {
    return { kind: 'unproven', why: `${address.host} répond ${status}. Donnez l’adresse où l’on publie.` }
  }
  const reading = readDoor(answer.text, door.editorMark)
  if (reading === 'login') return login('formulaire de mot de passe')
  if (reading === 'open') return { kind: 'open' }
  return {
    kind: 'unproven',
    why: `La page de ${address.host} ne montre ni mot de passe ni éditeur. Donnez par « editorMark » un texte que l’éditeur affiche.`,
  }
}

function judgeRedirect(
  location: string,
  address: URL,
  { url, allowedHosts, loginHosts, strongContexts }: Door,
): DoorVerdict | { readonly follow: URL } {
  if (!URL.canParse(location, address.href)) {
    return { kind: 'unproven', why: `${address.host} renvoie nulle part. Donnez l’adresse où l’on publie.` }
  }
  const target = new URL(location, address.href)
  const host = target.hostname.toLowerCase()
  if (loginHosts.has(host)) {
    return { ...login(`renvoi vers ${host}`), strong: demandsStrong(target, strongContexts) }
  }
  const samePort = target.port === '' || target.port === url.port
  const known = allowedHosts.has(host) && samePort && /^https?:$/.test(target.protocol)
  if (!known) {
    return {
      kind: 'unproven',
      why: `${address.host} renvoie vers ${target.host || target.protocol}, qui n’est pas suivi. Si c’est le guichet d’authentification, ajoutez-le à « loginHosts ».`,
    }
  }
  if (isLoginPath(target)) {
    return {
      ...login(`renvoi vers la page de connexion ${target.pathname}`),
      strong: demandsStrong(target, strongContexts),
    }
  }
  return { follow: target }
}

const login = (how: string): DoorVerdict & { readonly kind: 'login' } => ({
  kind: 'login',
  how,
  strong: false,
})
