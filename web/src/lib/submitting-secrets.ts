import type { SubmitFunction } from '$app/forms'
import { tick } from 'svelte'

/** As `submitting`, for PINs and codes: whatever the answer, nothing that was typed stays in the fields. */
export const sendingSecrets: SubmitFunction = ({ formElement, cancel }) => {
  if (formElement.getAttribute('aria-busy') === 'true') return cancel()
  formElement.setAttribute('aria-busy', 'true')
  return async ({ update }) => {
    formElement.reset()
    await update({ reset: false })
    formElement.removeAttribute('aria-busy')
    await tick()
    document.querySelector<HTMLElement>('[data-answer]')?.focus()
  }
}
