import { createHash } from "node:crypto";

/** Values that differ in each run, and their replacements of the same shape, because rules read some prefixes. */
const madeUp: readonly { readonly pattern: RegExp; readonly write: (digits: (length: number) => string) => string }[] =
    [
        // UUIDs, as of KMS keys
        {
            pattern: /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
            write: (digits) => `00000000-0000-0000-0000-${digits(12)}`,
        },
        // Ids, as of subnets: subnet-0123456789abcdef0
        { pattern: /(?<=\b[a-z]+-)[0-9a-f]{17}\b/g, write: (digits) => digits(17) },
        // Suffixes of names that Pulumi generates, and of the ARNs of secrets
        { pattern: /(?<=[\w-]-)([0-9a-f]{7}|[0-9a-f]{6})(?=["\\:/-])/g, write: (digits) => digits(6) },
        // Generated labels of host names
        { pattern: /(?<=[.-])([0-9a-f]{12}|[0-9a-f]{6})(?=\.)/g, write: (digits) => `x${digits(6)}` },
        // Other ids, and hashes
        {
            pattern: /\b(ANPA|AROA)?(?=[0-9A-F]*\d)(?=[0-9A-F]*[A-F])[0-9A-F]{17,32}\b/g,
            write: (digits) => `ID${digits(6)}`,
        },
        { pattern: /\b[0-9a-f]{24,}\b|(?<=["/-])[0-9a-f]{8}(?=")/g, write: (digits) => `hash${digits(6)}` },
        { pattern: /\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, write: () => "2026-01-01T00:00:00.000Z" },
    ];

/** A resource's line of a recording. */
export interface Line {
    readonly name: string;
    /** Its own ARN as JSON text, in which its id is. */
    readonly own: string;
    readonly text: string;
}

/**
 * The lines with all values that differ in each run replaced by digits, which are derived from the name of the resource
 * that owns the value or contains it first. So a new resource changes only the lines that refer to it. Each secret in
 * `secrets` is replaced by its name there.
 */
export function stable(lines: readonly Line[], secrets: ReadonlyMap<string, string>): string[] {
    const texts = lines.map(({ text }) => [...secrets].reduce((sofar, one) => withoutSecret(sofar, ...one), text));
    return madeUp.reduce((sofar, { pattern, write }) => {
        const written = new Map<string, string>();
        const note = (name: string, text: string) => {
            let count = 0;
            for (const [found] of text.matchAll(pattern)) {
                if (!written.has(found)) written.set(found, write(digitsOf(`${name} ${count++}`)));
            }
        };
        for (const { name, own } of lines) note(name, own);
        for (const [index, { name }] of lines.entries()) note(name, sofar[index] ?? "");
        return sofar.map((text) => text.replace(pattern, (found) => written.get(found) ?? found));
    }, texts);
}

const digitsOf = (seed: string) => (length: number) =>
    String(BigInt(`0x${createHash("sha256").update(seed).digest("hex")}`)).slice(-length);

/** A secret can appear as it is, inside a JSON text, or in a URL. */
function withoutSecret(text: string, secret: string, name: string): string {
    const escaped = JSON.stringify(secret).slice(1, -1);
    const written = [secret, escaped, JSON.stringify(escaped).slice(1, -1), encodeURIComponent(secret)];
    return written.reduce((sofar, one) => sofar.replaceAll(one, name), text);
}
