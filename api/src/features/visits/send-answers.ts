import { schema, type Tx } from '@vigie/db'
import { placeAnswer } from '@vigie/rules'
import { eq, inArray } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { recountProgress } from '../campaigns/recount-progress.ts'
import { personOf } from '../declarations/target.ts'
import { answersOf, presentAnswer, type AnswerRow } from './answers.ts'
import { checklistOf, holdVisit, type VisitRow } from './find-visit.ts'
import type { AnswerInput, AnswersInput, AnswersResult } from './schema.ts'

type Outcome = AnswersResult['results'][number]['outcome']
interface Placed {
  readonly given: AnswerInput
  readonly outcome: Outcome
  readonly reason: string | null
}

const CLOSED = 'La visite a été close entre-temps : cette réponse n’a pas été prise.'
const ELSEWHERE = 'Cette exigence n’est pas dans cette visite.'
const TAKEN = 'Cet identifiant sert déjà à une autre réponse.'
const CHANGED =
  'Cette réponse était déjà partie avec un autre contenu : rechargez la page, et répondez à nouveau.'

/**
 * Takes a batch of answers from a tablet, each under the identifier that the tablet gave it: sent twice, it counts once.
 * Each answer has its own outcome; one that meets another is kept aside until a person chooses. Errors: `forbidden`,
 * `not_found`.
 */
export async function sendAnswers(ctx: Context, id: string, input: AnswersInput): Promise<AnswersResult> {
  const identity = authorise(ctx.actor, 'visit:work')
  const person = personOf(ctx)
  const { placed, rows } = await write(ctx, identity, async (tx) => {
    const visit = await holdVisit(tx, ctx, id)
    const book = await openBook(tx, visit, input)
    const results: Placed[] = []
    for (const given of input.answers) results.push(await place(tx, ctx, book, person, given))
    const stored = results.filter(({ outcome }) => outcome !== 'refused').length
    if (book.changed) {
      if (visit.campaignId !== null) await recountProgress(tx, { uais: [visit.uai] }, ctx.clock.now())
      await record(tx, ctx, {
        action: 'visit.answer',
        subject: { kind: 'visit', id },
        uai: visit.uai,
        details: {
          answers: stored,
          conflicts: results.filter(({ outcome }) => outcome === 'conflict').length,
        },
      })
    }
    return { placed: results, rows: [...book.rows.values()] }
  })
  const nameOf = await nameAuthors(
    ctx,
    rows.map(({ answeredBy }) => answeredBy),
  )
  const standing = new Map(rows.filter((row) => row.standing).map((row) => [row.requirement, row]))
  return {
    results: placed.map(({ given, outcome, reason }) => {
      const other = standing.get(given.requirement)
      return {
        id: given.id,
        requirement: given.requirement,
        outcome,
        reason,
        standing: other && other.id !== given.id ? presentAnswer(other, nameOf) : null,
      }
    }),
  }
}

/** What a batch is placed against; follows as it goes. */
interface Book {
  readonly visit: VisitRow
  readonly checklist: ReadonlySet<string>
  readonly rows: Map<string, AnswerRow>
  /** Identifiers of the batch that stand in another visit. */
  readonly foreign: ReadonlySet<string>
  changed: boolean
}

async function openBook(tx: Tx, visit: VisitRow, { answers }: AnswersInput): Promise<Book> {
  const rows = new Map((await answersOf(tx, visit.id)).map((row) => [row.id, row]))
  const strange = answers.map(({ id }) => id).filter((id) => !rows.has(id))
  const { visitAnswer } = schema
  const taken =
    strange.length === 0
      ? []
      : await tx.select({ id: visitAnswer.id }).from(visitAnswer).where(inArray(visitAnswer.id, strange))
  return {
    visit,
    checklist: new Set<string>(await checklistOf(tx, visit)),
    rows,
    foreign: new Set(taken.map(({ id }) => id)),
    changed: false,
  }
}

const outcomeOf = (row: AnswerRow): Outcome =>
  row.standing ? 'standing' : row.conflictsWith === null ? 'replaced' : 'conflict'

async function place(tx: Tx, ctx: Context, book: Book, person: string, given: AnswerInput): Promise<Placed> {
  const refused = (reason: string): Placed => ({ given, outcome: 'refused', reason })
  const held = book.rows.get(given.id)
  if (held) {
    if (held.requirement !== given.requirement) return refused(TAKEN)
    if (held.verdict !== given.verdict || held.comment !== given.comment) return refused(CHANGED)
    return { given, outcome: outcomeOf(held), reason: null }
  }
  if (book.visit.closedAt !== null) return refused(CLOSED)
  if (!book.checklist.has(given.requirement)) return refused(ELSEWHERE)
  if (book.foreign.has(given.id)) return refused(TAKEN)
  const standing = [...book.rows.values()].find(
    (row) => row.standing && row.requirement === given.requirement,
  )
  const outcome = placeAnswer(standing ?? null, given)
  const now = ctx.clock.now()
  const answeredAt = new Date(given.answeredAt)
  const row: AnswerRow = {
    id: given.id,
    visitId: book.visit.id,
    requirement: given.requirement,
    verdict: given.verdict,
    comment: given.comment,
    // A tablet whose clock is ahead does not answer from the future.
    answeredAt: answeredAt > now ? now : answeredAt,
    answeredBy: person,
    receivedAt: now,
    basedOn: given.basedOn,
    standing: outcome === 'stands',
    conflictsWith: outcome === 'stands' ? null : (standing?.id ?? null),
  }
  // An identifier may be held by a visit that the caller does not see.
  const kept = await tx.insert(schema.visitAnswer).values(row).onConflictDoNothing().returning()
  if (kept.length === 0) return refused(TAKEN)
  await supersede(tx, book, outcome === 'stands' ? standing : undefined, given)
  book.rows.set(row.id, row)
  book.changed = true
  return { given, outcome: outcomeOf(row), reason: null }
}

/** The answer that gives up its place, and the one in conflict that its own author has since replaced. */
async function supersede(tx: Tx, book: Book, standing: AnswerRow | undefined, given: AnswerInput) {
  const replaced = given.basedOn === null ? undefined : book.rows.get(given.basedOn)
  for (const row of [standing, replaced?.conflictsWith ? replaced : undefined]) {
    if (!row) continue
    const settled = { ...row, standing: false, conflictsWith: null }
    await tx
      .update(schema.visitAnswer)
      .set({ standing: false, conflictsWith: null })
      .where(eq(schema.visitAnswer.id, row.id))
    book.rows.set(row.id, settled)
  }
}
