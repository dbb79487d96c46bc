/** Said when a form and its files are longer than the server takes at once. */
export const TOO_LONG =
  'Vos fichiers dépassent, ensemble, ce que Vigie reçoit en une fois (trois fichiers de 10 Mio). Rien n’est enregistré : choisissez-en moins ou réduisez les photos, puis envoyez de nouveau.'

/** In: a request whose form may carry files. Out: the form; null when it is longer than the server takes at once. */
export async function formWithFiles(request: Request): Promise<FormData | null> {
  try {
    return await request.formData()
  } catch (fault) {
    if (fault instanceof Error && 'status' in fault && fault.status === 413) return null
    throw fault
  }
}
