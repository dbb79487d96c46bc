import { typed } from '#lib/form-text.ts'
import { VERDICTS } from '#lib/visit/visit-view.ts'

type Verdict = (typeof VERDICTS)[number]

export interface FormAnswer {
  readonly id: string
  readonly requirement: string
  readonly verdict: Verdict
  readonly comment: string
  readonly answeredAt: string
  readonly basedOn: string | null
}

const FIELD = /^v\.([A-Z]{3}-[A-Z]{3}-\d+)$/

/**
 * In: the form of one service, and now. Out: the answers that it changes; each has the identifier that the page was
 * drawn with, so that a form sent twice counts once.
 */
export function readAnswers(form: FormData, now: string): FormAnswer[] {
  return [...form.keys()].flatMap((name): FormAnswer[] => {
    const requirement = FIELD.exec(name)?.[1]
    const verdict = VERDICTS.find((known) => known === form.get(name))
    if (!requirement || !verdict) return []
    const comment = typed(form, `c.${requirement}`)
    if (`${verdict} ${comment}` === typed(form, `was.${requirement}`)) return []
    return [
      {
        id: typed(form, `id.${requirement}`),
        requirement,
        verdict,
        comment,
        answeredAt: now,
        basedOn: typed(form, `base.${requirement}`) || null,
      },
    ]
  })
}
