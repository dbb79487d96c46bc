import type { SubmitFunction } from '$app/forms'
import { invalidateAll } from '$app/navigation'
import { tick } from 'svelte'

/**
 * As `submitting`, for PINs and codes: whatever the answer, nothing that was typed stays in the fields, and
 * the page counts again: a refused attempt leaves fewer.
 */
export const sendingSecrets: SubmitFunction = ({ formElement, cancel }) => {
  if (formElement.getAttribute('aria-busy') === 'true') return cancel()
  formElement.setAttribute('aria-busy', 'true')
  return async ({ update, result }) => {
    formElement.reset()
    await update({ reset: false })
    if (result.type === 'failure') await invalidateAll()
    formElement.removeAttribute('aria-busy')
    await tick()
    document.querySelector<HTMLElement>('[data-answer]')?.focus()
  }
}
