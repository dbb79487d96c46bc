import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { z } from 'zod'
import { httpRequest } from '../sources/http-request.ts'

/** Folder of Grafana that holds Vigie's dashboards. */
export const FOLDER = { uid: 'vigie', title: 'Vigie' } as const

/** Longest wait for one answer. */
const TIMEOUT_MS = 30_000

export interface GrafanaAccess {
  /** Root of Grafana, with its sub-path if it has one. */
  readonly url: URL
  /** Token of a service account that may write dashboards and folders. */
  readonly token: string
}

/** Grafana said no, or what it said is not understood. Its message, in French, names the remedy. */
export class GrafanaRefusal extends Error {
  override name = 'GrafanaRefusal'
}

const REMEDIES: Readonly<Record<number, string>> = {
  400: 'Un tableau installé par fichier ne se publie pas : retirez le fichier, ou ne publiez pas.',
  401: 'Le jeton n’est pas reconnu : créez un compte de service dans Grafana et donnez son jeton.',
  403: 'Le compte de service n’a pas le droit d’écrire : donnez-lui le rôle « Editor ».',
  404: 'L’adresse n’est pas celle d’un Grafana : donnez sa racine, sous-dossier compris.',
  412: 'Un autre tableau porte ce nom dans le dossier : renommez-le ou supprimez-le.',
}

const refusalSchema = z.object({ message: z.string() })
const publishedSchema = z.object({ uid: z.string(), url: z.string(), version: z.number() })

export interface PublishedDashboard {
  readonly uid: string
  readonly address: string
  readonly version: number
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function post({ url, token }: GrafanaAccess, path: string, body: object) {
  const root = url.href.endsWith('/') ? url.href : `${url.href}/`
  const { status, text } = await httpRequest(
    new URL(path, root),
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: JSON.stringify(body),
    },
    AbortSignal.timeout(TIMEOUT_MS),
  )
  return { status, answer: parsed(text) }
}

function refused(status: number, answer: unknown): GrafanaRefusal {
  const said = refusalSchema.safeParse(answer)
  const words = said.success ? ` (« ${said.data.message} »)` : ''
  return new GrafanaRefusal(
    `Grafana a répondu ${status}${words}. ${REMEDIES[status] ?? 'Consultez son journal.'}`,
  )
}

/** Makes the folder when it is not there. Errors: `GrafanaRefusal`, `CollectionError` when Grafana cannot be reached. */
export async function ensureFolder(access: GrafanaAccess): Promise<void> {
  const { status, answer } = await post(access, 'api/folders', FOLDER)
  const already = status === 409 || status === 412
  if (status !== 200 && !already) throw refused(status, answer)
}

/**
 * Writes a dashboard over the one that has its uid. Out: where it is shown. Errors: as `ensureFolder`.
 * grafana-dash-gen has a `publish` too; decision 0015 says why it is not used.
 */
export async function publishDashboard(
  access: GrafanaAccess,
  dashboard: Dashboard,
): Promise<PublishedDashboard> {
  const { status, answer } = await post(access, 'api/dashboards/db', {
    dashboard: { ...dashboard, id: null },
    folderUid: FOLDER.uid,
    overwrite: true,
    message: 'Publié par vigie dashboards',
  })
  if (status !== 200) throw refused(status, answer)
  const published = publishedSchema.safeParse(answer)
  if (!published.success) {
    throw new GrafanaRefusal('Grafana a répondu sans dire où est le tableau de bord. Vérifiez son adresse.')
  }
  const { uid, url, version } = published.data
  return { uid, version, address: new URL(url, access.url).href }
}
