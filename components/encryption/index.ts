export { EncryptionKey, type EncryptionKeyArgs, keyDeletionWindow } from "./encryption-key";
export {
    readingPolicy,
    type SecretReader,
    StoredSecret,
    type StoredSecretArgs,
    secretRecoveryWindow,
} from "./stored-secret";
