import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Account } from "../../account/account";
import { Cipher } from "../../account/cipher";
import { type Properties, Secret } from "../../rpc/values";
import { missingServer, type ServerKind } from "../../servers/installation";
import { type Layout, layoutOf, passphrase } from "../layout";
import type { Run } from "../run";

const region = "eu-west-1";
const suffix = `${region}.rds.amazonaws.com`;

/** Where the stack's servers would be. */
export const hosts = {
    postgres: `shop-dev-database.abc.${suffix}`,
    replica: `shop-dev-database-replica-1.abc.${suffix}`,
    mysql: `shop-dev-orders.abc.${suffix}`,
    cache: "clustercfg.shop-dev-cache.abc.euw1.cache.amazonaws.com",
};

/** Passwords with what a shell, SQL or a URL would trip over. */
export const passwords = {
    master: "M#%$&*()[]{}<>:?+-_=!'\"",
    application: "A#%$&*()[]{}<>:?+-_=! ",
    cache: "sixteen-characters-!&#$<>^-or-more",
};

export const secretArn = (name: string) => `arn:aws:secretsmanager:${region}:123456789012:secret:${name}-AbCdEf`;
const queueUrl = (name: string) => `https://sqs.${region}.amazonaws.com/123456789012/${name}`;
export const queueUrls = { orders: queueUrl("shop-dev-orders"), dead: queueUrl("shop-dev-orders-dead-letter") };
const queueArn = (name: string) => `arn:aws:sqs:${region}:123456789012:${name}`;

const kinds: ServerKind[] = ["PostgreSQL", "MySQL", "Redis", "moto", "openssl"];
/** Which servers are missing here; empty where none is. */
export const missing = kinds.flatMap((kind) => missingServer(kind) ?? []).join("; ");

/** A project without any stack that is up. */
export function emptyProject(): Layout {
    return layoutOf(mkdtempSync(path.join(tmpdir(), "plinth-serve-")));
}

/** A project whose stack `dev` has servers, as far as its account goes. */
export function project(): Layout {
    const layout = emptyProject();
    accountWithServers(layout);
    return layout;
}

/** The one command that is recorded as running. */
export function onlyRun({ runs }: Layout): Run {
    const [file = ""] = readdirSync(runs).filter((one) => one.endsWith(".json"));
    return JSON.parse(readFileSync(path.join(runs, file), "utf8")) as Run;
}

/** A stack `dev` as its account has it: PostgreSQL with a replica, MySQL, a cache with two shards, queues and secrets. */
function accountWithServers(layout: Layout): void {
    mkdirSync(layout.accounts, { recursive: true });
    const account = new Account(layout.accounts, "dev");
    const cipher = new Cipher(passphrase(layout));
    const put = (type: string, id: string, inputs: Properties, outputs: Properties = {}) =>
        account.put({
            ...{ type, id, name: id, region, run: "test" },
            ...{ inputs: cipher.seal(inputs), outputs: cipher.seal({ ...inputs, ...outputs }) },
        });
    const secret = (name: string, value: object) => {
        const arn = secretArn(name);
        put(
            "aws:secretsmanager/secret:Secret",
            arn,
            { name, description: "A secret", tags: { Stack: "dev" } },
            { arn },
        );
        const version = { secretId: arn, secretString: new Secret(JSON.stringify(value)) };
        put("aws:secretsmanager/secretVersion:SecretVersion", `${arn}|1`, version, { versionStages: ["AWSCURRENT"] });
    };
    const database = (name: string, engine: string, version: string, host: string, port: number) => {
        put(
            "aws:rds/instance:Instance",
            `db-${name}`,
            {
                ...{
                    identifier: name,
                    engine,
                    engineVersion: version,
                    port,
                    dbName: "app",
                    username: "platform_admin",
                },
                ...{ parameterGroupName: `${name}-parameters`, password: new Secret("before its rotation") },
            },
            { address: host, endpoint: `${host}:${port}`, arn: `arn:aws:rds:${region}:123456789012:db:${name}` },
        );
        const common = { engine, host, port, dbname: "app" };
        secret(`${name}-master`, { ...common, username: "platform_admin", password: passwords.master });
        secret(`${name}-application`, { ...common, username: "application", password: passwords.application });
    };
    const parameters = (type: string, name: string, values: Record<string, string>) =>
        put(type, name, { name, parameters: Object.entries(values).map(([one, value]) => ({ name: one, value })) });

    database("shop-dev-database", "postgres", "16", hosts.postgres, 5432);
    put(
        "aws:rds/instance:Instance",
        "db-shop-dev-database-replica-1",
        { identifier: "shop-dev-database-replica-1", replicateSourceDb: "shop-dev-database" },
        { address: hosts.replica, port: 5432, engine: "postgres" },
    );
    parameters("aws:rds/parameterGroup:ParameterGroup", "shop-dev-database-parameters", {
        ...{ "rds.force_ssl": "1", work_mem: "8192", log_statement: "all", shared_buffers: "4194304" },
        ...{ shared_preload_libraries: "pg_stat_statements,rdsutils", max_connections: "LEAST({Memory/9531392},100)" },
        ...{ rds_only: "1" },
    });
    database("shop-dev-orders", "mysql", "8.4", hosts.mysql, 3306);
    parameters("aws:rds/parameterGroup:ParameterGroup", "shop-dev-orders-parameters", {
        ...{ require_secure_transport: "1", long_query_time: "3", max_connections: "LEAST({Memory/12582880},100)" },
        innodb_dedicated_server: "1",
    });
    put(
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "shop-dev-cache",
        {
            ...{ engine: "redis", engineVersion: "7.1", transitEncryptionEnabled: true },
            ...{ parameterGroupName: "shop-dev-cache-parameters", userGroupIds: ["shop-dev"] },
        },
        { configurationEndpointAddress: hosts.cache, port: 6379, numNodeGroups: 2 },
    );
    parameters("aws:elasticache/parameterGroup:ParameterGroup", "shop-dev-cache-parameters", {
        ...{ "maxmemory-policy": "allkeys-lru", "cluster-enabled": "yes", "reserved-memory-percent": "25" },
    });
    put("aws:elasticache/userGroup:UserGroup", "shop-dev", { userGroupId: "shop-dev", userIds: ["one", "two"] });
    put("aws:elasticache/user:User", "one", { userName: "default", accessString: "off ~* -@all" });
    put("aws:elasticache/user:User", "two", {
        ...{ userName: "application", accessString: "on ~* &* +@all -@admin -@dangerous +cluster|slots +cluster|info" },
        authenticationMode: { type: "password", passwords: [new Secret(passwords.cache)] },
    });
    secret("shop-dev-cache", {
        ...{ engine: "redis", host: hosts.cache, port: 6379, username: "application", password: passwords.cache },
        url: `rediss://${hosts.cache}:6379`,
    });
    put("aws:sqs/queue:Queue", queueUrls.dead, {
        name: "shop-dev-orders-dead-letter",
        messageRetentionSeconds: 1_209_600,
    });
    put("aws:sqs/queue:Queue", queueUrls.orders, { name: "shop-dev-orders", visibilityTimeoutSeconds: 300 });
    const redrive = { deadLetterTargetArn: queueArn("shop-dev-orders-dead-letter"), maxReceiveCount: 3 };
    put("aws:sqs/redrivePolicy:RedrivePolicy", queueUrls.orders, { redrivePolicy: JSON.stringify(redrive) });
}

/** What the stack says of itself. */
export const stackOutputs = {
    region,
    database: { primaryAddress: hosts.postgres, primaryEndpoint: `${hosts.postgres}:5432`, port: 5432 },
    cache: { configurationEndpoint: hosts.cache, port: 6379, secretArn: secretArn("shop-dev-cache") },
    queues: { orders: { queueUrl: queueUrls.orders, queueArn: queueArn("shop-dev-orders") } },
    elsewhere: { host: "example.com", port: 5432 },
};
