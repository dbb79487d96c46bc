import { schema, type Tx } from '@vigie/db'
import { asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { scanSchema, type Scan } from './schema.ts'

const { bordereauScan } = schema

/** Scans of a slip without their content, in the order in which they came. */
export const selectScans = (tx: Tx, bordereauId: string) =>
  tx
    .select({
      id: bordereauScan.id,
      fileName: bordereauScan.fileName,
      mediaType: bordereauScan.mediaType,
      bytes: sql<number>`octet_length(${bordereauScan.content})`,
      sha256: bordereauScan.sha256,
      signedOn: bordereauScan.signedOn,
      uploadedAt: bordereauScan.uploadedAt,
      uploadedBy: bordereauScan.uploadedBy,
    })
    .from(bordereauScan)
    .where(eq(bordereauScan.bordereauId, bordereauId))
    .orderBy(asc(bordereauScan.uploadedAt), asc(bordereauScan.id))

export type ScanRow = Awaited<ReturnType<typeof selectScans>>[number]

export const presentScan = (row: ScanRow, nameOf: (id: string) => string): Scan => ({
  ...row,
  mediaType: z.parse(scanSchema.shape.mediaType, row.mediaType),
  uploadedAt: row.uploadedAt.toISOString(),
  uploadedBy: nameOf(row.uploadedBy),
})
