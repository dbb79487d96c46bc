import { date, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant } from './columns.ts'

/** A document that backs what people declare or find; its content stands apart, so that lists stay light. */
export const proof = pgTable(
  'proof',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    /** Last segment of the name that the sender gave, without control characters. */
    fileName: text('file_name').notNull(),
    /** Sniffed from the content, never taken from the sender. */
    mediaType: text('media_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    description: text('description'),
    /** From when the document holds (a charter voted in June), apart from its upload. */
    effectiveOn: date('effective_on'),
    uploadedAt: instant('uploaded_at').notNull(),
    uploadedBy: uuid('uploaded_by').notNull(),
    /** Scanner that found nothing. */
    scanner: text('scanner').notNull(),
  },
  (t) => [index('proof_uai_idx').on(t.uai, t.uploadedAt)],
)

export const proofContent = pgTable('proof_content', {
  proofId: uuid('proof_id').primaryKey(),
  content: bytes('content').notNull(),
})

export const declarationProof = pgTable(
  'declaration_proof',
  { declarationId: uuid('declaration_id').notNull(), proofId: uuid('proof_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.declarationId, t.proofId] }),
    index('declaration_proof_proof_idx').on(t.proofId),
  ],
)
