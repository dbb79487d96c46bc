import { publication, runCollector, type Door, type PublicationConfig } from '@vigie/collectors'
import { z } from 'zod'
import { defineSection, type PlannedRequests } from '../collection-source.ts'
import { longestSecondsOf, runOptionsOf } from '../source-fields.ts'
import { readOptional } from '../source-files.ts'
import {
  addressField,
  etablissementsField,
  etablissementsTold,
  hostField,
  paceOf,
  probingFields,
} from './etablissement-fields.ts'

const door = z.strictObject({
  url: addressField('url', /^https?$/),
  allowedHosts: z.array(hostField('allowedHosts')).default([]),
  loginHosts: z.array(hostField('loginHosts')).default([]),
  editorMark: z.string().min(3).max(200).optional(),
  strongContexts: z.array(z.string().min(1)).default([]),
})

const schema = z.strictObject({
  ...probingFields('10 3 * * *'),
  control: addressField('control', /^https$/).optional(),
  etablissements: etablissementsField({
    site: addressField('site', /^https$/).optional(),
    editor: door.optional(),
    console: door.optional(),
  }),
})

type Described = z.output<typeof schema>

const doorOf = (described: z.output<typeof door>): Door => {
  const url = new URL(described.url)
  return {
    url,
    allowedHosts: new Set([url.hostname.toLowerCase(), ...described.allowedHosts]),
    loginHosts: new Set(described.loginHosts),
    ...(described.editorMark === undefined ? {} : { editorMark: described.editorMark }),
    strongContexts: new Set(described.strongContexts),
  }
}

async function configOf(source: Described, directory: string): Promise<PublicationConfig> {
  const ca = await readOptional(directory, source.caFile)
  return {
    targets: source.etablissements.map(({ uai, site, editor, console: board }) => ({
      uai,
      ...(site === undefined ? {} : { site: new URL(site) }),
      ...(editor ? { editor: doorOf(editor) } : {}),
      ...(board ? { console: doorOf(board) } : {}),
    })),
    ...(source.control === undefined ? {} : { control: new URL(source.control) }),
    ...(ca === null ? {} : { ca }),
    pace: paceOf(source),
  }
}

const planOf = ({ targets, control }: PublicationConfig): readonly PlannedRequests[] => [
  {
    title: 'Visites, sans compte ni cookie',
    columns: ['UAI', 'Quoi', 'Adresse'],
    rows: [
      ...(control ? [['', 'site témoin, si un site se tait', control.href]] : []),
      ...targets.flatMap(({ uai, site, editor, console: board }) => [
        ...(site ? [[uai, 'site public', site.href]] : []),
        ...(editor ? [[uai, 'fonction de publication', editor.url.href]] : []),
        ...(board ? [[uai, 'console d’affichage', board.url.href]] : []),
      ]),
    ],
  },
]

/** Section `publication`: public sites, and whether publishing and the display console ask who one is. */
export const publicationSection = defineSection({
  name: 'publication',
  help: 'visite les sites publics et vérifie que publier demande de s’authentifier',
  schema,
  open: async (source, directory) => {
    const config = await configOf(source, directory)
    return {
      section: 'publication',
      label: source.name,
      name: `publication:${source.name}`,
      cron: source.cron,
      longestSeconds: longestSecondsOf(source),
      address: etablissementsTold(source.etablissements.length),
      plan: planOf(config),
      run: (io, signal) => runCollector(publication, config, io, runOptionsOf(source), signal),
    }
  },
})
