export { Backup, type BackupArgs } from "./backup";
export { avoidedWindows, type BackupDependencies, backupProblems } from "./rules";
export type { BackupCopySpec, BackupSpec, VaultLockSpec } from "./spec";
export { BackupVault, type BackupVaultArgs } from "./vault";
