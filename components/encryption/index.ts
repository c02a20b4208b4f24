export { EncryptionKey, type EncryptionKeyArgs } from "./encryption-key";
export {
    readingPolicy,
    type SecretReader,
    StoredSecret,
    type StoredSecretArgs,
} from "./stored-secret";
