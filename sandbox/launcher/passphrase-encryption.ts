import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

/*
 * The encryption of the engine's passphrase secrets provider, so that a copied configuration can hold secrets.
 * See sdk/go/common/resource/config/crypt.go and pkg/secrets/passphrase in pulumi/pulumi.
 */

const iterations = 1_000_000;
const version = "v1";

/** What the engine keeps in a stack's file as `encryptionsalt`, and the encryption that goes with it. */
export interface Encryption {
    encryptionSalt: string;
    encrypt(text: string): string;
}

/** @param existing the `encryptionsalt` of the stack; undefined for a new one */
export function passphraseEncryption(passphrase: string, existing?: string): Encryption {
    const salt = existing === undefined ? randomBytes(8) : Buffer.from(existing.split(":")[1] ?? "", "base64");
    const key = pbkdf2Sync(passphrase, salt, iterations, 32, "sha256");
    const encrypt = (text: string) => {
        const nonce = randomBytes(12);
        const cipher = createCipheriv("aes-256-gcm", key, nonce);
        const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
        return `${version}:${nonce.toString("base64")}:${sealed.toString("base64")}`;
    };
    // The engine checks a passphrase by decrypting this word.
    return { encryptionSalt: existing ?? `${version}:${salt.toString("base64")}:${encrypt("pulumi")}`, encrypt };
}
