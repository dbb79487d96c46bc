import { z } from '@hono/zod-openapi'
import { PROCEDURE_KINDS, PROCEDURES, type ProcedureKind, type ProcedureStep } from '@vigie/rules'

const KINDS = PROCEDURE_KINDS as readonly [ProcedureKind, ...ProcedureKind[]]
const STEPS = [
  ...new Set(Object.values(PROCEDURES).flatMap(({ steps }) => steps.map(({ step }) => step))),
] as [ProcedureStep, ...ProcedureStep[]]

export const writtenText = (name: string, max = 500) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .trim()
    .min(3, { error: `${name} : au moins 3 caractères, pour qu’un autre comprenne` })
    .max(max, { error: `${name} : au plus ${max} caractères` })
    .refine((text) => !text.includes('\u0000'), { error: `${name} : sans caractère nul` })
export const day = (name: string) => z.iso.date({ error: `${name} : attendu une date, comme 2027-07-07` })
const kind = z.enum(KINDS, { error: `cas inconnu : attendu ${KINDS.join(', ')}` })

export const procedureParams = z.object({ id: z.uuid({ error: 'identifiant de procédure incorrect' }) })
export const procedureFilters = z.object({
  kind: kind.optional(),
  open: z.enum(['true', 'false'], { error: 'open : attendu true ou false' }).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})

export const newProcedure = z
  .object({
    kind,
    holderId: z.uuid({ error: 'porteur : identifiant incorrect' }),
    /** The stand-in; a return takes the one of the last absence when it is left out. */
    otherHolderId: z.uuid({ error: 'remplaçant : identifiant incorrect' }).optional(),
    reason: writtenText('motif').optional(),
    dueOn: day('échéance').optional(),
  })
  .openapi('NewProcedure')

export const stepInput = z
  .object({
    step: z.enum(STEPS, { error: `étape inconnue : attendu ${STEPS.join(', ')}` }),
    reason: writtenText('motif').optional(),
    calledBack: z.literal(true, { error: 'rappel : attendu true une fois le porteur rappelé' }).optional(),
    incident: z
      .enum(['lost', 'stolen', 'broken'], { error: 'incident : attendu lost, stolen ou broken' })
      .optional(),
  })
  .openapi('ProcedureStepInput')

export const cancellation = z.object({ reason: writtenText('motif') }).openapi('ProcedureCancellation')

export const personSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  login: z.string(),
  function: z.string(),
  functionLabel: z.string(),
})
const procedureKey = z.object({ serial: z.string(), state: z.string(), stateLabel: z.string() })

export const procedureStepSchema = z.object({
  step: z.string(),
  label: z.string(),
  change: z.string(),
  who: z.string(),
  whoLabel: z.string(),
  done: z.boolean(),
  at: z.string().nullable(),
  byLabel: z.string().nullable(),
  /** `tick` and `transition` are posted here; `key_file` is done in the file of the key or of the holder. */
  how: z.enum(['tick', 'transition', 'key_file', 'session']),
  needsCallBack: z.boolean(),
  /** True when the caller may do it now. */
  mine: z.boolean(),
})

const summaryFields = {
  id: z.string(),
  kind: z.string(),
  kindLabel: z.string(),
  holder: personSchema,
  otherHolder: personSchema.nullable(),
  reason: z.string().nullable(),
  openedAt: z.string(),
  dueOn: z.string().nullable(),
  overdue: z.boolean(),
  closedAt: z.string().nullable(),
  outcome: z.string().nullable(),
  outcomeLabel: z.string(),
  next: z.object({ step: z.string(), label: z.string(), who: z.string(), whoLabel: z.string() }).nullable(),
}
export const procedureSummarySchema = z.object(summaryFields).openapi('ProcedureSummary')
export const procedureListSchema = z
  .object({
    rows: z.array(procedureSummarySchema),
    total: z.number().int(),
    open: z.number().int(),
    overdue: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
  })
  .openapi('ProcedureList')
export const procedureSchema = z
  .object({
    ...summaryFields,
    summary: z.string(),
    openedByLabel: z.string(),
    /** Key that must stop or come back, and key that must become usable. */
    key: procedureKey.nullable(),
    newKey: procedureKey.nullable(),
    callBackNumber: z.string().nullable(),
    steps: z.array(procedureStepSchema),
    /** What a cancelled case leaves to put right. */
    leftovers: z.array(z.string()),
    mayCancel: z.boolean(),
  })
  .openapi('Procedure')

export type NewProcedure = z.infer<typeof newProcedure>
export type StepInput = z.infer<typeof stepInput>
export type ProcedureFilters = z.infer<typeof procedureFilters>
export type Procedure = z.infer<typeof procedureSchema>
export type ProcedureSummary = z.infer<typeof procedureSummarySchema>
