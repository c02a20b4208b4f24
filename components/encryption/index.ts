export { EncryptionKey, type EncryptionKeyArgs, type EncryptionKeyNodes, keyDeletionWindow } from "./encryption-key";
export { SecretValue, type StoreOptions } from "./secret-value";
export {
    readingPolicy,
    type SecretReader,
    StoredSecret,
    type StoredSecretArgs,
    type StoredSecretNodes,
    secretRecoveryWindow,
} from "./stored-secret";
