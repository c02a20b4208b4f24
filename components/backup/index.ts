export { Backup, type BackupArgs, type BackupNodes } from "./backup";
export { avoidedWindows, type BackupDependencies, backupProblems } from "./rules";
export { type BackupCopySpec, type BackupSpec, backupSettings, type VaultLockSpec } from "./spec";
export { BackupVault, type BackupVaultArgs } from "./vault";
