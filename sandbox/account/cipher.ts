import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { isObject, mapProperties, type Properties, Secret, type Value } from "../rpc/values";

/** The property that marks an encrypted value in a stored record. */
const MARK = "$encrypted";

/** Encrypts the secrets of an emulated account. The rest of the account is readable text on disk. */
export class Cipher {
    private readonly key: Buffer;

    constructor(passphrase: string) {
        // The passphrase is 256 random bits, so it needs no slow derivation.
        this.key = Buffer.from(hkdfSync("sha256", passphrase, "", "plinth sandbox account", 32));
    }

    /** `properties` with every secret replaced by its ciphertext, ready to be written as JSON. */
    seal(properties: Properties): Properties {
        return mapProperties(properties, (value) => this.sealValue(value));
    }

    open(properties: Properties): Properties {
        return mapProperties(properties, (value) => this.openValue(value));
    }

    private sealValue(value: Value | undefined): Value | undefined {
        if (value instanceof Secret)
            return { [MARK]: this.encrypt(JSON.stringify(this.sealValue(value.value) ?? null)) };
        if (Array.isArray(value)) return value.map((item) => this.sealValue(item) ?? null);
        return isObject(value) ? this.seal(value) : value;
    }

    private openValue(value: Value | undefined): Value | undefined {
        if (Array.isArray(value)) return value.map((item) => this.openValue(item) ?? null);
        if (!isObject(value)) return value;
        const sealed = value[MARK];
        if (typeof sealed !== "string") return this.open(value);
        return new Secret(this.openValue(JSON.parse(this.decrypt(sealed)) as Value) ?? null);
    }

    private encrypt(text: string): string {
        const nonce = randomBytes(12);
        const cipher = createCipheriv("aes-256-gcm", this.key, nonce);
        const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
        return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
    }

    private decrypt(sealed: string): string {
        const bytes = Buffer.from(sealed, "base64");
        const decipher = createDecipheriv("aes-256-gcm", this.key, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    }
}
