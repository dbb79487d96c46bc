import type { Context } from '../../../context.ts'
import { isRequirementId } from '@vigie/rules'
import { storeProof } from '../../proofs/store-proof.ts'
import { reply } from '../../questionnaire/reply.ts'
import type { ReplyInput } from '../../questionnaire/schema.ts'
import { startQuestionnaire } from '../../questionnaire/start-questionnaire.ts'
import { openAccount } from '../open-accounts.ts'
import { planPeople } from '../people.ts'
import { toldOf, type PlannedEtablissement } from '../plan/etablissements.ts'

const MINUTES = `Conseil d’école du 13 octobre
Point 4 : règles de l’informatique à l’école.
Les règles d’usage des ordinateurs, du courrier et des fichiers sont relues et adoptées à l’unanimité.
`

/** What the head of the told école replies before the break; the next question waits. */
const REPLIES: readonly (ReplyInput & { readonly proven?: true })[] = [
  { reply: 'compliant', comment: 'Adopté en conseil d’école.', proven: true },
  { reply: 'partial', comment: 'Fait pour la classe mobile, pas encore pour les postes du fond de classe.' },
  { reply: 'do_not_know', comment: 'À demander au service informatique de la mairie.' },
  { reply: 'non_compliant' },
  { reply: 'later' },
]

/** The head of an école starts the guided questionnaire, joins the minutes of a meeting, and stops half-way. */
export async function fillQuestionnaire(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const { uai } = toldOf(items).ecole
  const persona = planPeople().find(({ grants }) => grants.some(({ role }) => role === 'directeur_ecole'))
  if (!persona) throw new Error('no account for the head of an école')
  const head = { ...ctx, actor: await openAccount(ctx, persona) }
  const { questionnaire } = await startQuestionnaire(head, { uai }, {})
  const minutes = await storeProof(
    head,
    { uai },
    {
      file: { name: 'compte rendu conseil d’école.txt', content: Buffer.from(MINUTES) },
      description: 'Compte rendu du conseil d’école',
      effectiveOn: ctx.clock.now().toISOString().slice(0, 10),
    },
  )
  for (const [at, { proven, ...said }] of REPLIES.entries()) {
    const requirement = questionnaire.steps[at]?.requirement
    if (requirement === undefined || !isRequirementId(requirement)) return
    await reply(head, { uai, requirement }, { ...said, ...(proven ? { proofIds: [minutes.id] } : {}) })
  }
}
