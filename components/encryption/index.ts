export { EncryptionKey, type EncryptionKeyArgs, keyDeletionWindow } from "./encryption-key";
export { SecretValue, type StoreOptions } from "./secret-value";
export {
    readingPolicy,
    type SecretReader,
    StoredSecret,
    type StoredSecretArgs,
    secretRecoveryWindow,
} from "./stored-secret";
