import { z } from 'zod'
import { FileRefusal } from '../../ingest/csv-refusal.ts'
import { columnName, readTable } from '../../ingest/csv-table.ts'
import { CollectionError } from '../../collector.ts'
import { WIFI_SECURITIES, type WifiNetwork, type WifiSecurity } from './wifi-network.ts'

/** Networks of one export. */
const MAX_NETWORKS = 1_000
const REQUIRED = ['securite', 'vlan', 'invites'] as const

/** What controllers write, without case, accents nor punctuation. */
const SPELLINGS: Readonly<Record<string, WifiSecurity>> = {
  open: 'open',
  ouvert: 'open',
  aucune: 'open',
  none: 'open',
  owe: 'owe',
  enhanced_open: 'owe',
  wep: 'wep',
  wpa: 'wpa',
  wpa_psk: 'wpa',
  wpa_personal: 'wpa',
  wpa_enterprise: 'wpa',
  wpa2: 'wpa2-personal',
  wpa2_psk: 'wpa2-personal',
  wpa2_personal: 'wpa2-personal',
  wpa3: 'wpa3-personal',
  wpa3_sae: 'wpa3-personal',
  wpa3_personal: 'wpa3-personal',
  wpa2_wpa3_personal: 'wpa2-personal',
  ppsk: 'personal-individual',
  mpsk: 'personal-individual',
  dpsk: 'personal-individual',
  ipsk: 'personal-individual',
  personal_individual: 'personal-individual',
  cle_individuelle: 'personal-individual',
  wpa2_enterprise: 'wpa2-enterprise',
  wpa2_802_1x: 'wpa2-enterprise',
  wpa2_eap: 'wpa2-enterprise',
  wpa3_enterprise: 'wpa3-enterprise',
  wpa3_802_1x: 'wpa3-enterprise',
  wpa2_wpa3_enterprise: 'wpa2-enterprise',
}

const YES: ReadonlySet<string> = new Set(['oui', 'yes', 'true', '1', 'vrai'])
const NO: ReadonlySet<string> = new Set(['non', 'no', 'false', '0', 'faux', ''])

const jsonSchema = z.array(
  z.object({
    securite: z.string(),
    vlan: z.union([z.string(), z.number()]),
    invites: z.boolean(),
  }),
)

const refusal = (detail: string) =>
  new CollectionError(`Export du contrôleur Wi-Fi : ${detail}`, { retryable: false })

/**
 * Reads the export of a Wi-Fi controller, CSV or JSON: one network per line, its security, its VLAN or zone, and whether it is
 * for machines from outside. A name, if there is one, is not read. Errors: `CollectionError` naming the line.
 */
export async function readWifiExport(content: Uint8Array): Promise<readonly WifiNetwork[]> {
  const start = Buffer.from(content.subarray(0, 64))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  const rows = start.startsWith('[') ? jsonRows(content) : await csvRows(content)
  if (rows.length > MAX_NETWORKS) throw refusal(`plus de ${MAX_NETWORKS} réseaux.`)
  return rows.map(({ line, securite, vlan, invites }) => ({
    label: `ligne ${line}`,
    security: securityOf(securite, line),
    vlan: vlan === '' ? null : vlan,
    guest: invites,
  }))
}

interface ExportRow {
  readonly line: number
  readonly securite: string
  readonly vlan: string
  readonly invites: boolean
}

function jsonRows(content: Uint8Array): readonly ExportRow[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(
      Buffer.from(content)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    )
  } catch {
    throw refusal('ce n’est pas du JSON valide.')
  }
  const result = jsonSchema.safeParse(parsed)
  if (!result.success) {
    const [issue] = result.error.issues
    throw refusal(
      `attendu un tableau de { securite, vlan, invites } ; à corriger : ${issue?.path.join('.') || 'tout'}.`,
    )
  }
  return result.data.map(({ securite, vlan, invites }, at) => ({
    line: at + 1,
    securite,
    vlan: String(vlan).trim(),
    invites,
  }))
}

async function csvRows(content: Uint8Array): Promise<readonly ExportRow[]> {
  const rows: ExportRow[] = []
  try {
    for await (const row of readTable(chunksOf(content), REQUIRED)) {
      const guest = columnName(row.cell('invites'))
      if (!YES.has(guest) && !NO.has(guest))
        throw refusal(`ligne ${row.line} : invites : attendu oui ou non.`)
      rows.push({
        line: row.line,
        securite: row.cell('securite'),
        vlan: row.cell('vlan'),
        invites: YES.has(guest),
      })
      if (rows.length > MAX_NETWORKS) break
    }
  } catch (error) {
    throw error instanceof FileRefusal ? refusal(error.message) : error
  }
  return rows
}

async function* chunksOf(content: Uint8Array) {
  yield content
}

function securityOf(text: string, line: number): WifiSecurity {
  const spelt = columnName(text)
  const known = SPELLINGS[spelt] ?? WIFI_SECURITIES.find((security) => columnName(security) === spelt)
  if (known) return known
  throw refusal(`ligne ${line} : securite : attendu ${WIFI_SECURITIES.join(', ')}.`)
}
