export { readAnnuaire, REQUIRED_COLUMNS } from './ingest/annuaire.ts'
export type { AnnuaireLine, AnnuaireRecord, AnnuaireType } from './ingest/annuaire-record.ts'
export { FileRefusal } from './ingest/csv-refusal.ts'
export { columnName, readTable, type TableRow } from './ingest/csv-table.ts'
