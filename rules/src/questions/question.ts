import type { RequirementId } from '../requirement.ts'
import { typeset } from '../wording.ts'

/** Who is likely to know the answer. */
export type Knower = 'head' | 'teachers' | 'referent' | 'collectivite' | 'academie' | 'dpo'

/** A requirement put as a plain question to the head of an establishment. */
export interface Question {
  readonly requirement: RequirementId
  readonly question: string
  /** What it means, without jargon. */
  readonly help: string
  readonly knows: Knower
  /** What counts as proof. */
  readonly proof: string
  /** Minutes that a reader takes to answer it. */
  readonly minutes: number
}

type Written = readonly [
  number: number,
  question: string,
  help: string,
  knows: Knower,
  proof: string,
  minutes?: number,
]

/** In: the questions of one service, as written. Out: the same, typeset, half a minute each unless said. */
export const questionsOf = (service: string, written: readonly Written[]): readonly Question[] =>
  written.map(([number, question, help, knows, proof, minutes = 0.5]) => ({
    requirement: `${service}-${number}` as RequirementId,
    question: typeset(question),
    help: typeset(help),
    knows,
    proof: typeset(proof),
    minutes,
  }))
