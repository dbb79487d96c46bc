export * from './exporters/index.ts'
export * from './grafana/rules/index.ts'
export { readAnnuaire, REQUIRED_COLUMNS } from './ingest/annuaire.ts'
export type { AnnuaireLine, AnnuaireRecord, AnnuaireType } from './ingest/annuaire-record.ts'
export { FileRefusal } from './ingest/csv-refusal.ts'
export { columnName, readTable, type TableRow } from './ingest/csv-table.ts'
export { readKeyFile, type KeyFile, type KeyFileSecrets } from './ingest/key-file.ts'
export { KEY_FILE_LIMIT, type KeyRecord, type RefusedKey } from './ingest/key-record.ts'
export { readInventory, type Envelope, type InventoryReport } from './ingest/inventory.ts'
export { BODY_LIMIT as INVENTORY_BODY_LIMIT } from './ingest/inventory-body.ts'
export { sectionsDigest, softwareDigest } from './ingest/inventory-digest.ts'
export { InventoryFault } from './ingest/inventory-fault.ts'
export { deviceIdentity, hardwareIdentity } from './ingest/inventory-identity.ts'
export { describeMachine, type Machine } from './ingest/inventory-machine.ts'
export { parcEvidence, type ParcGroup, type ParcObservation } from './ingest/inventory-parc-evidence.ts'
export { mergeSections, type InventorySections } from './ingest/inventory-sections.ts'
export type { Software } from './ingest/inventory-software.ts'
export { isSupported, supportEnd } from './ingest/os-support.ts'
export { CARINE_PROPERTY, readOscalCatalog, type OscalCatalog } from './ingest/oscal-catalog.ts'
export { readOscalMapping, type MappedPair } from './ingest/oscal-mapping.ts'
export { OscalRefusal } from './ingest/oscal.ts'
export { readSharing, type SharingLine, type SharingRecord } from './ingest/sharing-table.ts'
export * from './collector.ts'
export { COLLECTORS } from './registry.ts'
export { runCollector, type CollectorRun, type RunOptions } from './run.ts'
export { httpRequest } from './sources/http-request.ts'
export { prometheus, type PrometheusConfig } from './sources/prometheus.ts'
export { prometheusMappingSchema, type PrometheusMapping } from './sources/prometheus-mapping.ts'
export { readBindings, type BindingLine, type BindingRecord } from './ingest/binding-table.ts'
export { readHolders, type HolderLine, type HolderRecord } from './ingest/holder-table.ts'
export {
  backupEvidence,
  silentRepositories,
  type BackupObservation,
  type ParcNames,
} from './ingest/backup-evidence.ts'
export { COVERAGES, type Coverage } from './ingest/backup-facts.ts'
export { readBackupReport, type BackupReport, type Unreadable } from './ingest/backup-report.ts'
export { suddenChange, type DailySize, type SizeNote } from './ingest/backup-size.ts'
export { stateOfRepository, type EarlierState, type RepositoryState } from './ingest/backup-state.ts'
export {
  anyParamOf,
  paramOf,
  placeOf,
  readSyslog,
  type SyslogMessage,
  type SyslogPlace,
} from './ingest/syslog.ts'
export { factsOf, type SyslogFacts } from './ingest/syslog-facts.ts'
export {
  createSyslogFramer,
  FramingFault,
  SYSLOG_FRAME_LIMIT,
  type FrameReader,
  type SyslogFrame,
} from './ingest/syslog-framer.ts'
export {
  createRelpFramer,
  RELP_OFFERS,
  RELP_OPENING,
  RELP_SERVER_CLOSE,
  relpResponse,
  type RelpFrame,
} from './ingest/syslog-relp.ts'
export { network, type NetworkConfig, type NetworkTarget } from './sources/network/network.ts'
export { publication, type PublicationConfig } from './sources/publication/publication.ts'
export type { Door } from './sources/publication/door.ts'
export { CATEGORY } from './sources/filtering/restriction-list.ts'
export { FLOW_KEYS, type FlowKind } from './sources/zones/zones.ts'
export { WIFI_SECURITIES } from './sources/wifi/wifi-network.ts'
export { AUTH_PROTOCOLS, PRIV_PROTOCOLS, type SnmpDevice } from './sources/snmp/snmp-session.ts'
export * from './sources/ldap/index.ts'
export * from './sources/mail/index.ts'
