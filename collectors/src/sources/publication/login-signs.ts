/** What a page says to someone who has not signed in. */
export type DoorReading = 'login' | 'open' | 'unclear'

/** A tag without another within: read in one pass, whatever the page. */
const TAG = /<([a-z]+)\b([^<>]*)>/gi
const PASSWORD_TYPE = /\btype\s*=\s*["']?password\b/i
const FILE_TYPE = /\btype\s*=\s*["']?file\b/i
const EDITABLE = /\bcontenteditable\s*=\s*["']?(?:true\b|["'])/i
/** What a browser does not show. */
const HIDDEN = [
  ['<!--', '-->'],
  ['<script', '</script'],
  ['<noscript', '</noscript'],
] as const

/**
 * In: the HTML of a page that answered 200, and a text that the open editor shows, if the administrator gave one. Out: `login`
 * when it holds a password field, `open` when it shows the editor; `unclear` otherwise: a page drawn by a script proves nothing.
 */
export function readDoor(html: string, editorMark: string | undefined): DoorReading {
  const visible = visibleOf(html)
  if (editorMark !== undefined && visible.includes(editorMark)) return 'open'
  const tags = [...visible.matchAll(TAG)].map(([, name = '', attributes = '']) => ({
    name: name.toLowerCase(),
    attributes,
  }))
  if (tags.some(({ name, attributes }) => name === 'input' && PASSWORD_TYPE.test(attributes))) return 'login'
  return editorMark === undefined && tags.some(isEditor) ? 'open' : 'unclear'
}

/** Where one writes: a page that shows it to anyone publishes for anyone. */
const isEditor = ({ name, attributes }: { name: string; attributes: string }): boolean =>
  name === 'textarea' || EDITABLE.test(attributes) || (name === 'input' && FILE_TYPE.test(attributes))

/** Without comments nor scripts; an unclosed one hides the rest. */
function visibleOf(html: string): string {
  const lower = html.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
  const shown: string[] = []
  let at = 0
  const next: number[] = HIDDEN.map(([start]) => lower.indexOf(start))
  for (;;) {
    HIDDEN.forEach(([start], kind) => {
      if (next[kind] !== -1 && (next[kind] ?? 0) < at) next[kind] = lower.indexOf(start, at)
    })
    const opening = Math.min(...next.map((place) => (place === -1 ? lower.length : place)))
    shown.push(html.slice(at, opening))
    if (opening === lower.length) return shown.join(' ')
    const [start, end] = HIDDEN[next.indexOf(opening)] ?? HIDDEN[0]
    const closing = lower.indexOf(end, opening + start.length)
    if (closing === -1) return shown.join(' ')
    at = closing + end.length
  }
}

const LOGIN_PATH =
  /(^|[/._-])(log-?in|sign-?in|wp-login|cas|sso|saml2?|oauth2?|oidc|auth|authn?|authorize|authentification|connexion|identification|session)([/._?-]|$)/i

/** In: the address that a redirect names. Out: true when its path is that of a login page. */
export const isLoginPath = ({ pathname }: URL): boolean => LOGIN_PATH.test(pathname)
