import { AppError } from '../../../errors.ts'

interface Signature {
  readonly name: string
  readonly bytes: Buffer
}

/** The standard test file of EICAR, in halves: whole, it would have this file quarantined. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*']

const SIGNATURES: readonly Signature[] = [
  { name: 'EICAR-Test', bytes: Buffer.from(EICAR.join(''), 'latin1') },
]
const LONGEST = Math.max(...SIGNATURES.map(({ bytes }) => bytes.length))

/** Out: what must see each chunk of one part, in order; a signature cut in two is found. Errors: `unsupported_media`. */
export function lookForSignatures(): (chunk: Uint8Array) => void {
  let tail = Buffer.alloc(0)
  return (chunk) => {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const seam = Buffer.concat([tail, bytes.subarray(0, LONGEST)])
    const found = SIGNATURES.find(({ bytes: wanted }) => bytes.includes(wanted) || seam.includes(wanted))
    if (found) throw malwareRefusal(found.name)
    tail = Buffer.concat([tail, bytes.subarray(-LONGEST)]).subarray(-(LONGEST - 1))
  }
}

/** In: what was recognised. Out: the refusal, which names it. */
export const malwareRefusal = (signature: string): AppError =>
  new AppError(
    'unsupported_media',
    `Ce fichier est reconnu comme malveillant (${signature}) : il est refusé et n’est pas conservé. Prévenez votre assistance informatique.`,
  )
