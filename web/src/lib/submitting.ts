import type { ActionResult, SubmitFunction } from '$app/forms'
import { invalidateAll } from '$app/navigation'
import { tick } from 'svelte'

/**
 * Sends a form without leaving the page: one sending at a time, what was typed is kept after a refusal, and the focus
 * goes to what the page answers (`data-answer`), in the form first.
 */
export const submitting: SubmitFunction = (asked) => sending(asked)

/** Like `submitting`, and reads the page again when what it showed has changed (409): its reader decides anew. */
export const submittingAsSeen: SubmitFunction = (asked) =>
  sending(asked, async (result) => {
    if (result.type === 'failure' && result.status === CONFLICT) await invalidateAll()
  })

const CONFLICT = 409
type Asked = Parameters<SubmitFunction>[0]

function sending(
  { formElement, cancel }: Asked,
  after?: (result: ActionResult) => Promise<void>,
): ReturnType<SubmitFunction> {
  if (formElement.getAttribute('aria-busy') === 'true') return cancel()
  formElement.setAttribute('aria-busy', 'true')
  return async ({ update, result }) => {
    await update({ reset: result.type === 'success' })
    await after?.(result)
    formElement.removeAttribute('aria-busy')
    await tick()
    const answer =
      formElement.querySelector<HTMLElement>('[data-answer]') ??
      document.querySelector<HTMLElement>('[data-answer]')
    answer?.focus()
  }
}
