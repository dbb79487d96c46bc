/** A key on screen: its QR code as one path of unit squares, and its seed for who copies it. */
export interface ShownKey {
  readonly secret: string
  readonly path: string
  readonly size: number
}

/** In: what the API shows. Out: the QR code drawn row by row, runs of dark squares merged. */
export function shownOf({ secret, qr }: { secret: string; qr: readonly (readonly boolean[])[] }): ShownKey {
  const runs = qr.flatMap((row, y) => {
    const line = row.map((dark) => (dark ? '1' : '0')).join('')
    return [...line.matchAll(/1+/g)].map(
      ({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`,
    )
  })
  return { secret, path: runs.join(''), size: qr.length }
}

/** The same key, given back by the page after a wrong code; null when the page held none. */
export function readShown(form: FormData): ShownKey | null {
  const [secret, path, size] = ['cle', 'trace', 'cote'].map((name) => String(form.get(name) ?? ''))
  const wellFormed =
    /^[A-Z2-7 ]{16,80}$/.test(secret ?? '') &&
    /^[Mhvz\d -]{1,40000}$/.test(path ?? '') &&
    /^\d{2,3}$/.test(size ?? '')
  return wellFormed ? { secret: secret ?? '', path: path ?? '', size: Number(size) } : null
}
