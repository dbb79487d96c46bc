import type { SubmitFunction } from '$app/forms'
import { tick } from 'svelte'

/**
 * Sends a form without leaving the page: one sending at a time, what was typed is kept after a refusal, and the focus
 * goes to what the page answers (`data-answer`), in the form first.
 */
export const submitting: SubmitFunction = ({ formElement, cancel }) => {
  if (formElement.getAttribute('aria-busy') === 'true') return cancel()
  formElement.setAttribute('aria-busy', 'true')
  return async ({ update, result }) => {
    await update({ reset: result.type === 'success' })
    formElement.removeAttribute('aria-busy')
    await tick()
    const answer =
      formElement.querySelector<HTMLElement>('[data-answer]') ??
      document.querySelector<HTMLElement>('[data-answer]')
    answer?.focus()
  }
}
