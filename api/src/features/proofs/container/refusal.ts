import { AppError } from '../../../errors.ts'

const REASONS = {
  malformed:
    'Ce document est abîmé ou n’est pas un document de bureautique. Ouvrez-le, enregistrez-le de nouveau, ou exportez-le en PDF.',
  bomb: 'Ce document se déploierait en un volume démesuré : il est refusé. Exportez-le en PDF et joignez le PDF.',
  path: 'Ce document contient des chemins de fichiers trompeurs : il est refusé. Exportez-le en PDF et joignez le PDF.',
  encrypted:
    'Ce document est protégé par un mot de passe et ne peut pas être vérifié. Retirez la protection, ou exportez-le en PDF.',
  macros:
    'Ce document contient des macros : il est refusé. Enregistrez-le sans macros (.docx, .xlsx, .pptx, .odt) ou exportez-le en PDF.',
  active:
    'Ce document contient un objet incorporé qui peut exécuter un programme : il est refusé. Exportez-le en PDF et joignez le PDF.',
  nested: 'Ce document contient une archive : il est refusé. Joignez chaque document séparément.',
  archive: 'Une archive (.zip) n’est pas une preuve lisible. Joignez chaque document séparément, ou un PDF.',
} as const

export type ContainerFault = keyof typeof REASONS

/** In: what is wrong with a container. Out: the refusal, with its remedy. */
export const containerRefusal = (fault: ContainerFault): AppError =>
  new AppError('unsupported_media', REASONS[fault])

/** Errors: always `unsupported_media`. */
export function refuseContainer(fault: ContainerFault): never {
  throw containerRefusal(fault)
}

const PATH_FAULT = /invalid characters in fileName|absolute path|invalid relative path/

/** In: what reading a container threw. Out: the refusal that the sender may read. */
export function refusalOfContainer(error: unknown): AppError {
  if (error instanceof AppError) return error
  return containerRefusal(error instanceof Error && PATH_FAULT.test(error.message) ? 'path' : 'malformed')
}
