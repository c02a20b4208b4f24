export { EncryptionKey, type EncryptionKeyArgs, type EncryptionKeyNodes } from "./encryption-key";
export { SecretValue, type StoreOptions } from "./secret-value";
export {
    readingPolicy,
    type SecretReader,
    StoredSecret,
    type StoredSecretArgs,
    type StoredSecretNodes,
} from "./stored-secret";
