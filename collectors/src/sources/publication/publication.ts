import type { EvidenceKey } from '@vigie/rules'
import { defineCollector } from '../../collector.ts'
import { failing, type Findings, type Part, type Proven } from '../etablissement/findings.ts'
import { collectParts, type Pace } from '../etablissement/pace.ts'
import { knock, type Door } from './door.ts'
import { visit, type SiteVerdict } from './site.ts'

/** What one establishment publishes, and where. */
export interface PublicationTarget {
  readonly uai: string
  /** Public site, `https:`. */
  readonly site?: URL
  /** Where its staff publish. */
  readonly editor?: Door
  /** Where the screens of the hall are fed. */
  readonly console?: Door
}

export interface PublicationConfig {
  readonly targets: readonly PublicationTarget[]
  /** A site outside the establishments that is always up: tells a site that is down from a network that is. */
  readonly control?: URL
  /** PEM. */
  readonly ca?: string
  readonly pace: Pace
}

const keysOf = ({ site, editor, console: board }: PublicationTarget): readonly EvidenceKey[] => [
  ...(site ? (['publication.site_up'] as const) : []),
  ...(editor ? (['publication.login_required'] as const) : []),
  ...(board ? (['display.console_login_required', 'display.console_strong'] as const) : []),
]

/** Visits public sites, and knocks at the doors of publishing and of the display console, without an account. */
export const publication = defineCollector<PublicationConfig>({
  name: 'publication',
  help: 'Visite le site public des établissements et vérifie, sans compte, que publier demande de s’authentifier.',
  keys: ({ targets }) => [...new Set(targets.flatMap(keysOf))],
  collect: (config, io, signal) => {
    const online = onlineOf(config, signal)
    const parts = config.targets.flatMap((target): Part[] => [
      ...(target.site ? [sitePart(target.uai, target.site, config, online)] : []),
      ...(target.editor ? [editorPart(target.uai, target.editor, config)] : []),
      ...(target.console ? [consolePart(target.uai, target.console, config)] : []),
    ])
    return collectParts(parts, config.pace, io, signal)
  },
})

/** Asked once at most, when a first site is silent. */
function onlineOf({ control, ca, pace }: PublicationConfig, signal: AbortSignal): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined
  return () => {
    asked ??= control
      ? visit(control, ca, pace, signal).then(({ kind }) => kind === 'up')
      : Promise.resolve(false)
    return asked
  }
}

const sitePart = (
  uai: string,
  site: URL,
  { ca, pace }: PublicationConfig,
  online: () => Promise<boolean>,
): Part => ({
  uai,
  keys: ['publication.site_up'],
  find: async (_io, signal) => {
    const verdict: SiteVerdict = await visit(site, ca, pace, signal)
    const up = (value: boolean, detail: string): Findings => ({
      proven: [{ key: 'publication.site_up', value, source: `Site public ${site.host}${detail}` }],
      failed: [],
      ignored: [],
    })
    if (verdict.kind === 'up') return up(true, '')
    if (verdict.kind === 'down') return up(false, ` : ${verdict.why}`)
    if (await online()) return up(false, ` : pas de réponse (${verdict.why})`)
    return failing(
      ['publication.site_up'],
      `${site.host} ne répond pas (${verdict.why}), et rien ne dit si c’est le site ou le réseau de Vigie. Donnez par « control » l’adresse d’un site toujours en ligne.`,
    )
  },
})

const editorPart = (uai: string, editor: Door, { ca, pace }: PublicationConfig): Part => ({
  uai,
  keys: ['publication.login_required'],
  find: async (_io, signal) => {
    const verdict = await knock(editor, ca, pace, signal)
    if (verdict.kind === 'unproven') return failing(['publication.login_required'], verdict.why)
    return {
      proven: [
        {
          key: 'publication.login_required',
          value: verdict.kind === 'login',
          source: `Publication sur ${editor.url.host} : ${verdict.kind === 'login' ? verdict.how : 'éditeur ouvert à tous'}`,
        },
      ],
      failed: [],
      ignored: [],
    }
  },
})

/** A console open to all is not strong; a password alone proves nothing of a second factor, so that nothing is said. */
const consolePart = (uai: string, board: Door, { ca, pace }: PublicationConfig): Part => ({
  uai,
  keys: ['display.console_login_required', 'display.console_strong'],
  find: async (_io, signal) => {
    const verdict = await knock(board, ca, pace, signal)
    if (verdict.kind === 'unproven') {
      return failing(['display.console_login_required', 'display.console_strong'], verdict.why)
    }
    const required = verdict.kind === 'login'
    const source = `Console d’affichage ${board.url.host} : ${required ? verdict.how : 'ouverte à tous'}`
    const proven: Proven[] = [{ key: 'display.console_login_required', value: required, source }]
    if (!required) proven.push({ key: 'display.console_strong', value: false, source })
    else if (verdict.strong) {
      proven.push({
        key: 'display.console_strong',
        value: true,
        source: `${source}, authentification forte exigée`,
      })
    }
    return { proven, failed: [], ignored: [] }
  },
})
