/*
 * Which settings look like secrets, by the name of a variable and by its value. The configuration refuses them in plain
 * text, and the policy pack refuses them in manifests.
 */

/** Words that name a secret, also at the end of a longer word: PGPASSWORD, authtoken. */
const secretWord = /(PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL|(API|ACCESS|PRIVATE|SECRET)KEY)S?$|TOKEN$/;

/** Pairs of words that name a secret. The second word alone means something else: KEY, PASS, PWD (the working directory). */
const secretPairs: readonly (readonly [RegExp, RegExp])[] = [
    [/^(API|ACCESS|AUTH|ENCRYPTION|MASTER|PRIVATE|SHARED|SIGNING|SSH)$/, /^KEYS?$/],
    [/^(ADMIN|APP|DATABASE|DB|FTP|MAIL|MYSQL|POSTGRES|REDIS|ROOT|SMTP|USER)$/, /^(PASS|PWD)$/],
    [/^(ADO|AZURE|BITBUCKET|GH|GIT|GITHUB|GITLAB)$/, /^PAT$/],
];

/** Last words of a setting about a secret, whose value is not the secret itself: SECRET_REFRESH_SECONDS, DATABASE_SECRET_ARN. */
const aboutSecrets = new Set([
    // Times and amounts
    ...["SECONDS", "MINUTES", "HOURS", "DAYS", "MS", "TTL", "TIMEOUT", "EXPIRY", "EXPIRATION", "LIFETIME", "INTERVAL"],
    ...["LENGTH", "SIZE", "LIMIT", "COUNT", "VERSION"],
    // Where it is, and what it is called
    ...["NAME", "ARN", "ID", "PATH", "FILE", "DIR", "DIRECTORY", "URL", "URI", "ENDPOINT", "HOST", "PORT", "REGION"],
    ...["HEADER", "PREFIX", "COOKIE"],
    // How it is used
    ...["ISSUER", "AUDIENCE", "ALGORITHM", "TYPE", "POLICY", "PROVIDER", "STORE", "ROTATION", "ENABLED", "REQUIRED"],
]);

/** First words of a switch: CORS_ALLOW_CREDENTIALS, REQUIRE_API_KEY. */
const switches = new Set(["ALLOW", "DISABLE", "ENABLE", "INCLUDE", "REQUIRE", "USE", "WITH"]);

/** Whether a variable of this name holds a secret: DATABASE_PASSWORD, jwtSecret, AWS_SECRET_ACCESS_KEY. */
export function isSecretName(name: string): boolean {
    const words = wordsOf(name);
    const at = words.map((word, index) => secretWord.test(word) || endsPair(words[index - 1], word)).lastIndexOf(true);
    if (at < 0) return false;
    const isSwitch = words.slice(0, at).some((word) => switches.has(word));
    const isAbout = words.length > at + 1 && aboutSecrets.has(words.at(-1) ?? "");
    return !isSwitch && !isAbout;
}

/** Whether a value is a URL with a password in it: postgresql://app:…@host/app. */
export function hasCredentials(value: string): boolean {
    // Who is named stands at the beginning of a URL.
    return /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*:[^/?#\s]+@/i.test(value.slice(0, 2_048));
}

const endsPair = (first: string | undefined, second: string) =>
    first !== undefined && secretPairs.some(([one, other]) => one.test(first) && other.test(second));

/** The words of a name in capitals, whether it is written as SOME_NAME, some-name, someName or SOMEName. */
function wordsOf(name: string): string[] {
    return name
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
        .toUpperCase()
        .split(/[^A-Z0-9]+/)
        .filter((word) => word !== "");
}
