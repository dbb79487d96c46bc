import { KEY_STATE_LABELS, SERVICES } from '@vigie/rules'
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard'
import { AMBER, BLUE, GREEN, GREY, PURPLE, RED } from './palette.ts'

type Overrides = Readonly<Record<string, readonly DynamicConfigValue[]>>

const named = (name: string): DynamicConfigValue => ({ id: 'displayName', value: name })
const coloured = (color: string): DynamicConfigValue => ({
  id: 'color',
  value: { mode: 'fixed', fixedColor: color },
})
const names = (words: Readonly<Record<string, string>>): Overrides =>
  Object.fromEntries(Object.entries(words).map(([label, word]) => [label, [named(word)]]))

/** Why a verification ended as it did, by the label `reason`. */
export const REASON_WORDS: Overrides = {
  accepted: [named('✓ Accepté'), coloured(GREEN)],
  bad_code: [named('✕ Code faux'), coloured(AMBER)],
  bad_pin: [named('✕ Code PIN faux'), coloured('#f26b00')],
  no_pin: [named('✕ Sans code PIN'), coloured('#c9a26b')],
  replay: [named('✕ Code déjà utilisé'), coloured(RED)],
  paused: [named('✕ Porteur en pause'), coloured(BLUE)],
  locked: [named('✕ Clé verrouillée'), coloured(PURPLE)],
  inactive: [named('✕ Clé non active'), coloured(GREY)],
  unknown: [named('✕ Identifiant inconnu'), coloured('#b5338a')],
  source_blocked: [named('✕ Source bloquée'), coloured('#5b1a1a')],
}

/** Where verifications come from, by the label `channel`. */
export const CHANNEL_WORDS = names({
  http: 'Applications (API)',
  radius: 'RADIUS',
  sign_in: 'Connexion à Vigie',
  activation: 'Première utilisation',
  self_service: 'Dépannage par le porteur',
  assistance: 'Assistance',
})

/** Kinds of token, by the label `type`. */
export const TYPE_WORDS = names({ hotp: 'HOTP', totp: 'TOTP', none: 'Sans clé' })

/** States of a key, by the label `state`. */
export const KEY_STATE_WORDS = names(KEY_STATE_LABELS)

/** CARINE's services, by the label `service`. */
export const SERVICE_WORDS = names(Object.fromEntries(SERVICES.map(({ id, name }) => [id, name])))

/** CARINE's families, by the label `family`. */
export const FAMILY_WORDS = names({
  INF: 'Infrastructure',
  MCO: 'Maintien en condition opérationnelle',
  UTI: 'Services aux utilisateurs',
})

export const LEVEL_WORDS = names({ E: 'Exigé', R: 'Recommandé', F: 'Facultatif' })

export const SEVERITY_WORDS: Overrides = {
  critical: [named('Critique'), coloured(RED)],
  warning: [named('À traiter'), coloured(AMBER)],
  info: [named('Pour information'), coloured(BLUE)],
}

export const MACHINE_WORDS = names({
  workstation: 'Postes fixes',
  laptop: 'Portables',
  mobile: 'Tablettes et mobiles',
  server: 'Serveurs',
  printer: 'Imprimantes',
  network: 'Équipements réseau',
  other: 'Autres',
})
