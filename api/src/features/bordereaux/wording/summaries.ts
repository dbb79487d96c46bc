import type { HandOverSummaryContent, RestitutionSummaryContent, ShipmentContent } from '../content.ts'
import type { Block, Slip } from '../pdf/blocks.ts'
import { countOfKeys, lowered, shortDay } from './facts.ts'

const agentLine = ({ displayName, functionLabel }: { displayName: string; functionLabel: string }) =>
  `${displayName}, ${lowered(functionLabel)}`

const signatures = (sender: string, from: string, receiver: string): Block => ({
  kind: 'signatures',
  zones: [
    { title: sender, name: from, mention: 'Signature' },
    { title: receiver, name: null, mention: 'Signature, une fois les clés comptées' },
  ],
})

/** Keys from the académie's stock to a département's. */
export const shipment = (content: ShipmentContent, place: string): Slip => ({
  title: 'Expédition de clés de sécurité',
  intro:
    'Récapitulatif des clés OTP envoyées du stock de l’académie à celui du département. Il voyage séparément des clés : comptez-les à l’arrivée, puis enregistrez leur réception dans Vigie.',
  blocks: [
    {
      kind: 'facts',
      rows: [
        ['Expédié par', agentLine(content.from)],
        ['Destination', place],
        ['Contenu', countOfKeys(content.keys.length)],
        ...(content.comment ? [['Remarque', content.comment] as const] : []),
      ],
    },
    { kind: 'heading', text: 'Clés expédiées' },
    {
      kind: 'table',
      columns: [
        { title: 'Rang', share: 0.7 },
        { title: 'N° de série', share: 2.6 },
        { title: 'Modèle', share: 2.4 },
        { title: 'Fin de vie', share: 1.5 },
        { title: 'Pointée', share: 1 },
      ],
      rows: content.keys.map((key, index) => [
        String(index + 1),
        key.serial,
        key.model ?? '',
        shortDay(key.expiresOn),
        '',
      ]),
    },
    signatures('Expédition', agentLine(content.from), 'Réception'),
  ],
})

/** What two agents pass to each other: who, what, the list, and both signatures. */
const transmission = (
  { from, to, keys }: HandOverSummaryContent | RestitutionSummaryContent,
  heading: string,
  columns: readonly (readonly [title: string, share: number])[],
  rows: readonly (readonly string[])[],
): readonly Block[] => [
  {
    kind: 'facts',
    rows: [
      ['Transmis par', agentLine(from)],
      ['Destinataire', to],
      ['Contenu', countOfKeys(keys.length)],
    ],
  },
  { kind: 'heading', text: heading },
  { kind: 'table', columns: columns.map(([title, share]) => ({ title, share })), rows },
  signatures('Transmission', agentLine(from), 'Réception'),
]

/** Bound keys, sent to who hands them over. */
export const handOverSummary = (content: HandOverSummaryContent): Slip => ({
  title: 'Récapitulatif de remise de clés',
  intro:
    'Clés OTP préparées chacune pour son porteur, à lui remettre en main propre après vérification de son identité. Ce récapitulatif voyage séparément des clés ; chaque remise donne lieu à son bordereau individuel.',
  blocks: transmission(
    content,
    'Clés à remettre',
    [
      ['Rang', 0.8],
      ['N° de série', 1.9],
      ['Porteur', 2.6],
      ['Identifiant', 2],
      ['Affectation', 2.6],
      ['Remise le', 1.3],
    ],
    content.keys.map(({ serial, holder }, index) => [
      String(index + 1),
      serial,
      holder.displayName,
      holder.login,
      holder.place ?? holder.functionLabel,
      '',
    ]),
  ),
})

/** Keys that came back, sent on to who puts them away. */
export const restitutionSummary = (content: RestitutionSummaryContent): Slip => ({
  title: 'Récapitulatif de restitution de clés',
  intro:
    'Clés OTP reprises à leurs porteurs et rendues au service qui les gère. Chacune a son bordereau individuel de restitution.',
  blocks: transmission(
    content,
    'Clés rendues',
    [
      ['Rang', 0.8],
      ['N° de série', 1.9],
      ['Porteur', 2.4],
      ['Identifiant', 2],
      ['Reprise le', 1.5],
      ['Motif', 2.5],
    ],
    content.keys.map(({ serial, holder, returnedOn, reason }, index) => [
      String(index + 1),
      serial,
      holder.displayName,
      holder.login,
      shortDay(returnedOn),
      reason ?? '',
    ]),
  ),
})
