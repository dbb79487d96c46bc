import type { IndividualContent } from '../content.ts'
import type { Block, SignatureZone, Slip } from '../pdf/blocks.ts'
import { keyFacts, lowered } from './facts.ts'

const KEPT =
  'L’académie conserve ce bordereau signé. Il est produit si l’usage de la clé est un jour contesté.'

const holderFacts = ({ holder }: IndividualContent): Block => ({
  kind: 'facts',
  rows: [
    ['Nom', holder.displayName],
    ['Fonction', holder.functionLabel],
    ...(holder.place === null ? [] : [['Affectation', holder.place] as const]),
    ['Identifiant', holder.login],
  ],
})

const mairieFacts = ({ holder, representative }: IndividualContent): Block => ({
  kind: 'facts',
  rows: [
    ['Mairie', holder.displayName],
    ...(holder.place === null || holder.place === holder.displayName
      ? []
      : [['Commune', holder.place] as const]),
    ['Identifiant fonctionnel', holder.login],
    ['Représentée par', representative ?? ' '],
    ['Personne désignée', ' '],
  ],
})

const by = ({ by: agent }: IndividualContent) => `${agent.displayName}, ${lowered(agent.functionLabel)}`

const zone = (title: string, name: string | null, mention: string): SignatureZone => ({
  title,
  name,
  mention,
})

/** A key given to a named person, who commits himself. */
export const handOver = (content: IndividualContent): Slip => ({
  title: 'Remise d’une clé de sécurité',
  intro:
    'Ce bordereau atteste que la clé OTP ci-dessous a été remise en main propre, une fois vérifiée l’identité de la personne qui la reçoit.',
  blocks: [
    { kind: 'heading', text: 'La clé' },
    keyFacts(content.key),
    { kind: 'heading', text: 'La personne qui la reçoit' },
    holderFacts(content),
    { kind: 'heading', text: 'Ce à quoi je m’engage' },
    {
      kind: 'list',
      items: [
        'Cette clé est à mon nom. Personne d’autre que moi ne s’en sert : je ne la prête pas et je ne la transmets pas, même à qui me remplace.',
        'Je choisis moi-même mon code PIN de quatre chiffres. Je ne le dis à personne, pas même à l’assistance, et je ne l’écris nulle part près de la clé.',
        'Si la clé est perdue, volée ou abîmée, je le signale aussitôt, dans Vigie ou à l’assistance : elle est désactivée sur-le-champ.',
        'Je la rends, contre un bordereau de restitution, dès que je quitte la fonction pour laquelle je la reçois.',
      ],
    },
    { kind: 'paragraph', text: KEPT },
    {
      kind: 'signatures',
      zones: [
        zone(
          'La personne qui reçoit la clé',
          content.holder.displayName,
          'Signature, précédée de « lu et accepté »',
        ),
        zone('La personne qui la remet', by(content), 'Signature : identité vérifiée en face à face'),
      ],
    },
  ],
})

/** A key given to a mairie, for which the maire answers. */
export const handOverToMairie = (content: IndividualContent): Slip => ({
  title: 'Remise d’une clé de sécurité à une mairie',
  intro:
    'Ce bordereau atteste que la clé OTP ci-dessous a été remise en main propre au maire ou à son représentant, une fois vérifiée son identité.',
  blocks: [
    { kind: 'heading', text: 'La clé' },
    keyFacts(content.key),
    { kind: 'heading', text: 'La mairie qui la reçoit' },
    mairieFacts(content),
    { kind: 'heading', text: 'Ce à quoi la mairie s’engage' },
    {
      kind: 'list',
      items: [
        'Le maire désigne la personne de ses services qui se sert de cet identifiant fonctionnel, et il répond de l’usage qui en est fait.',
        'La mairie sait dire à tout moment qui détient la clé. Elle n’est pas prêtée ; si une autre personne est désignée, un nouveau code PIN est choisi.',
        'Le code PIN de quatre chiffres n’est connu que de la personne désignée. Il n’est jamais écrit près de la clé ni confié à l’assistance.',
        'Si la clé est perdue, volée ou abîmée, la mairie le signale aussitôt à l’assistance : la clé est désactivée sur-le-champ.',
        'La mairie rend la clé, contre un bordereau de restitution, dès qu’elle n’en a plus l’usage.',
      ],
    },
    { kind: 'paragraph', text: KEPT },
    {
      kind: 'signatures',
      zones: [
        zone(
          'Le maire ou son représentant',
          content.representative ?? null,
          'Signature et cachet de la mairie',
        ),
        zone('La personne qui remet la clé', by(content), 'Signature : identité vérifiée en face à face'),
      ],
    },
  ],
})

const STATE: Block = {
  kind: 'choices',
  label: 'État constaté',
  options: ['en état de marche', 'abîmée', 'ne fonctionne plus'],
}

const reasonFacts = ({ reason }: IndividualContent): readonly Block[] =>
  reason ? [{ kind: 'facts', rows: [['Motif de la restitution', reason]] }] : []

const AFTERWARDS = [
  'La clé n’ouvre plus aucune application et son code PIN est effacé.',
  'Ce qui en est fait après la date ci-dessous n’engage plus qui la rend.',
  'Elle peut ensuite être attribuée à quelqu’un d’autre, ou retirée si elle a fait son temps.',
]

/** A key that a named person gives back. */
export const restitution = (content: IndividualContent): Slip => ({
  title: 'Restitution d’une clé de sécurité',
  intro:
    'Ce bordereau atteste que la clé OTP ci-dessous a été rendue par la personne à qui elle avait été remise.',
  blocks: [
    { kind: 'heading', text: 'La clé rendue' },
    keyFacts(content.key),
    ...reasonFacts(content),
    STATE,
    { kind: 'heading', text: 'La personne qui la rend' },
    holderFacts(content),
    { kind: 'heading', text: 'Ce que la restitution change' },
    { kind: 'list', items: AFTERWARDS },
    { kind: 'paragraph', text: KEPT },
    {
      kind: 'signatures',
      zones: [
        zone('La personne qui rend la clé', content.holder.displayName, 'Signature'),
        zone('La personne qui la reprend', by(content), 'Signature'),
      ],
    },
  ],
})

/** A key that a mairie gives back. */
export const restitutionByMairie = (content: IndividualContent): Slip => ({
  title: 'Restitution d’une clé de sécurité par une mairie',
  intro:
    'Ce bordereau atteste que la clé OTP ci-dessous a été rendue par la mairie à qui elle avait été remise.',
  blocks: [
    { kind: 'heading', text: 'La clé rendue' },
    keyFacts(content.key),
    ...reasonFacts(content),
    STATE,
    { kind: 'heading', text: 'La mairie qui la rend' },
    {
      kind: 'facts',
      rows: [
        ['Mairie', content.holder.displayName],
        ['Identifiant fonctionnel', content.holder.login],
        ['Représentée par', content.representative ?? ' '],
      ],
    },
    { kind: 'heading', text: 'Ce que la restitution change' },
    { kind: 'list', items: AFTERWARDS },
    { kind: 'paragraph', text: KEPT },
    {
      kind: 'signatures',
      zones: [
        zone(
          'Le maire ou son représentant',
          content.representative ?? null,
          'Signature et cachet de la mairie',
        ),
        zone('La personne qui reprend la clé', by(content), 'Signature'),
      ],
    },
  ],
})
