import { describe, expect, it } from "vitest";
import { hasCredentials, isSecretName } from "./secret-names";

describe("a name", () => {
    it.each([
        ...[
            "DATABASE_PASSWORD",
            "PGPASSWORD",
            "MYSQL_PWD",
            "SMTP_PASS",
            "DB_PASSWORD_OLD",
            "PASSWORD_BASE64",
            "passwd",
        ],
        ...["JWT_SECRET", "jwtSecret", "CLIENT-SECRET", "SECRET", "SECRET_KEY_BASE", "APP_SECRETS", "WEBHOOK_SECRET_1"],
        ...["API_TOKEN", "GITHUB_TOKEN", "accessToken", "AUTHTOKEN", "GITHUB_PAT", "VERIFY_TOKEN"],
        ...["AWS_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "STRIPE_API_KEY", "APIKey", "APIKEY"],
        ...["PRIVATE_KEY", "privateKey", "TLS_PRIVATE_KEY_PEM", "SIGNING_KEYS", "ENCRYPTION_KEY", "SSH_KEY_PASSPHRASE"],
        ...["GOOGLE_CREDENTIALS", "credential", "SECRET_TOKEN_FALLBACK"],
    ])("%s is a secret's", (name) => {
        expect(isSecretName(name)).toBe(true);
    });

    it.each([
        ...[
            "SECRET_REFRESH_SECONDS",
            "TOKEN_TTL_SECONDS",
            "PASSWORD_MIN_LENGTH",
            "JWT_SECRET_VERSION",
            "TOKEN_LIFETIME",
        ],
        ...["SECRET_NAME", "DATABASE_SECRET_ARN", "TOKEN_URL", "tokenEndpoint", "PASSWORD_FILE", "API_KEY_HEADER"],
        ...["AWS_ACCESS_KEY_ID", "ENCRYPTION_KEY_ARN", "SIGNING_KEY_ID", "TOKEN_ISSUER", "PASSWORD_POLICY"],
        ...["CORS_ALLOW_CREDENTIALS", "REQUIRE_API_KEY", "USE_TOKEN", "MAX_TOKENS", "TOKENIZER", "TOKENS_PER_MINUTE"],
        ...["KEY_PREFIX", "KMS_KEY", "PUBLIC_KEY", "SORT_KEY", "MONKEY", "KEYBOARD", "AUTHOR", "AUTHORITY"],
        ...["PWD", "OLDPWD", "COMPASS", "BYPASS", "SINGLE_PASS", "PATH", "USER", "LOG_LEVEL", "SECRETARY", ""],
    ])("%s is not a secret's", (name) => {
        expect(isSecretName(name)).toBe(false);
    });
});

describe("a value", () => {
    it.each([
        ["postgresql://app:hunter2@db.example.internal/app", true],
        ["rediss://:hunter2@cache.example.internal:6379", true],
        ["mongodb+srv://app:hunter2@cluster.example.com", true],
        ["https://api.example.com:8443/v1", false],
        ["https://app@api.example.com/v1", false],
        ["https://api.example.com/users/a:b@c", false],
        ["info", false],
    ])("%s has credentials: %s", (value, has) => {
        expect(hasCredentials(value)).toBe(has);
    });
});
