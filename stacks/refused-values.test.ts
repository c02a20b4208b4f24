import { describe, expect, it } from "vitest";
import { parseConfig } from "./config";

/* What must be one clear problem of the configuration, and neither accepted nor a crash. */

type Settings = Record<string, unknown>;

const region = "eu-west-1";
const account = "123456789012";

function problemsOf(settings: Settings, raw: Record<string, string> = {}): string[] {
    const given = Object.entries({ tier: "prod", ...settings }).map(([key, value]) => [
        `plinth:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const parsed = parseConfig({ "aws:region": region, ...Object.fromEntries(given), ...raw }, "prod", "shop");
    return "problems" in parsed ? parsed.problems.map(({ text }) => text) : [];
}

function refuses(cases: [title: string, settings: Settings, problem: string][]): void {
    it.each(cases)("%s", (_, settings, problem) => {
        const problems = problemsOf(settings);
        expect(problems, problems.join("\n")).toHaveLength(1);
        expect(problems[0]).toContain(problem);
    });
}

const parameters = (given: Record<string, string>, more: Settings = {}) => ({
    database: { ...more, parameters: given },
});
const mysql = { engine: "mysql" };

describe("encryption that parameters would undo is refused", () => {
    refuses([
        ["TLS, in capitals", parameters({ "RDS.FORCE_SSL": "0" }), "RDS.FORCE_SSL is not yours to set"],
        ["TLS of MySQL", parameters({ Require_Secure_Transport: "OFF" }, mysql), "is not yours to set"],
        ["TLS switched off", parameters({ ssl: "off" }), 'ssl may not be "off"'],
        ["old TLS", parameters({ SSL_min_protocol_version: "TLSv1" }), 'may not be "TLSv1"'],
        ["old TLS of MySQL", parameters({ tls_version: "TLSv1.2,TLSv1.1" }, mysql), "tls_version may not be"],
        ["weak passwords", parameters({ password_encryption: "md5" }), "password_encryption may not be"],
        ["weak logins", parameters({ "rds.accepted_password_auth_method": "md5+scram" }), "may not be"],
        ["old passwords", parameters({ default_authentication_plugin: "mysql_native_password" }, mysql), "may not be"],
        ["cluster mode", { cache: { parameters: { "Cluster-Enabled": "no" } } }, "cluster-enabled follows from shards"],
    ]);

    it("where they keep it, they are taken", () => {
        expect(
            problemsOf(parameters({ ssl_min_protocol_version: "TLSv1.3", password_encryption: "scram-sha-256" })),
        ).toEqual([]);
        expect(problemsOf(parameters({ tls_version: "TLSv1.2,TLSv1.3" }, mysql))).toEqual([]);
    });
});

describe("parameters that are none are refused", () => {
    refuses([
        ["without a name", parameters({ "": "1" }), '"" is not the name of a parameter'],
        ["with a blank in the name", parameters({ "work mem": "1" }), '"work mem" is not the name of a parameter'],
        ["twice", parameters({ work_mem: "64", WORK_MEM: "65" }), "WORK_MEM and work_mem are one parameter"],
        ["without a value", parameters({ work_mem: " " }), "work_mem is empty"],
        ["of two lines", parameters({ work_mem: "64\n65" }), "work_mem has a value of several lines"],
        ["of a cache, without a value", { cache: { parameters: { timeout: "" } } }, "timeout is empty"],
        [
            "of a cluster",
            { database: { engine: "aurora-mysql", clusterParameters: { TLS_VERSION: "TLSv1" } } },
            "may not be",
        ],
    ]);
});

describe("blocks of addresses that serve for nothing are refused", () => {
    const existing = (cidr: string) => ({
        network: {
            existing: {
                ...{ vpcId: "vpc-0123456789abcdef0", cidr, zones: ["eu-west-1a", "eu-west-1b"] },
                publicSubnetIds: ["subnet-01234567", "subnet-01234568"],
                privateSubnetIds: ["subnet-11234567", "subnet-11234568"],
                isolatedSubnetIds: ["subnet-21234567", "subnet-21234568"],
            },
        },
    });
    const callers = (...publicAccessCidrs: string[]) => ({ cluster: { publicAccessCidrs } });
    const inbound = (...inboundCidrs: string[]) => ({
        workloads: {
            services: { frontend: { port: 8080, ingressPath: "/" } },
            ingress: { host: "shop.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ", inboundCidrs },
        },
    });
    refuses([
        ...["0.0.0.0/16", "127.0.0.0/16", "169.254.0.0/16", "224.4.0.0/16"].map((cidr): [string, Settings, string] => [
            `a VPC in ${cidr}`,
            { network: { cidr } },
            "which AWS reserves",
        ]),
        ["an existing VPC of everything", existing("0.0.0.0/0"), "is not a size that a VPC of AWS has"],
        ["an existing VPC of half of it", existing("128.0.0.0/1"), "is not a size that a VPC of AWS has"],
        [
            "an existing VPC that begins inside a block",
            existing("10.0.0.5/16"),
            "begins inside a block; give 10.0.0.0/16",
        ],
        [
            "private callers of the cluster",
            callers("10.0.0.0/8"),
            "10.0.0.0/8 is in 10.0.0.0/8, from which nobody calls",
        ],
        ["callers that hold private ones", callers("172.0.0.0/8"), "from which nobody calls over the internet"],
        ["callers twice", callers("203.0.113.0/24", "203.0.113.0/24"), "is named twice"],
        ["callers inside a block", callers("203.0.113.5/24"), "begins inside a block; give 203.0.113.0/24"],
        [
            "more callers than EKS takes",
            callers(...Array.from({ length: 41 }, (_, index) => `203.0.113.${index}/32`)),
            "41 blocks are over EKS's 40",
        ],
        ["clients of the load balancer twice", inbound("8.2.3.0/24", "8.2.3.0/24"), "is named twice"],
        ["a quarter of the internet", inbound("64.0.0.0/2"), "is wider than /8"],
        ["clients inside a block", inbound("8.2.3.5/24"), "begins inside a block"],
        [
            "more clients than a security group has rules",
            inbound(...Array.from({ length: 31 }, (_, index) => `8.2.${index}.0/24`)),
            "31 blocks take 62 rules of a security group, which has 60; give 30 or fewer",
        ],
    ]);

    it("everybody may be a client of the load balancer", () => {
        expect(problemsOf(inbound("0.0.0.0/0"))).toEqual([]);
    });
});

describe("what is in another place than the stack is refused", () => {
    const principal = (arn: string) => ({ cluster: { access: { me: { principalArn: arn } } } });
    const ingress = (certificateArn: string) => ({
        account: { id: account },
        workloads: {
            services: { frontend: { port: 8080, ingressPath: "/" } },
            ingress: { host: "shop.example.com", certificateArn },
        },
    });
    const certificate = "certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    refuses([
        [
            "a certificate of another region",
            ingress(`arn:aws:acm:us-east-1:${account}:${certificate}`),
            "is in us-east-1, and the stack is in eu-west-1; give one there",
        ],
        [
            "a certificate of another account",
            ingress(`arn:aws:acm:eu-west-1:210987654321:${certificate}`),
            "is in the account 210987654321, and the stack is in 123456789012",
        ],
        [
            "a topic of another region",
            { cache: { notificationTopicArn: `arn:aws:sns:us-east-1:${account}:events` } },
            "plinth:cache.notificationTopicArn",
        ],
        [
            "a principal of another partition",
            principal(`arn:aws-cn:iam::${account}:role/engineers`),
            "is in the partition aws-cn, and the stack's eu-west-1 is in aws; give one of that",
        ],
        [
            "a snapshot of another region",
            {
                database: {
                    restored: {
                        name: "later",
                        restoreFrom: { snapshot: `arn:aws:rds:us-east-1:${account}:snapshot:before` },
                    },
                },
            },
            "is in us-east-1, and the stack is in eu-west-1",
        ],
    ]);

    it("a principal of another account may use the cluster, and one of China a cluster in China", () => {
        expect(problemsOf(principal("arn:aws:iam::210987654321:role/engineers"))).toEqual([]);
        const inChina = problemsOf(principal(`arn:aws-cn:iam::${account}:role/engineers`), {
            "aws:region": "cn-north-1",
        });
        expect(inChina.filter((text) => text.includes("partition"))).toEqual([]);
    });

    it.each(["eu-west-9", "eu-wset-1", "toString", '["eu-west-1"]', "constructor"])("the region %s", (name) => {
        expect(problemsOf({}, { "aws:region": name }).join("\n")).toContain("is not a region");
    });

    it.each(["eu-isoe-west-1", "eusc-de-east-1", "us-gov-west-1"])("not the region %s", (name) => {
        expect(problemsOf({}, { "aws:region": name }).filter((text) => text.includes("is not a region"))).toEqual([]);
    });
});

describe("names and words that something else has are refused", () => {
    const long = "a".repeat(300);
    const role = { principalArn: `arn:aws:iam::${account}:role/engineers` };
    refuses([
        ["a database of RDS's", { database: { databaseName: "rdsadmin" } }, "is reserved by RDS or PostgreSQL"],
        ["a database of MySQL's", { database: { ...mysql, databaseName: "mysql" } }, "is reserved by RDS or MySQL"],
        [
            "a database that is a word of SQL",
            { database: { databaseName: "Table" } },
            "is reserved by RDS or PostgreSQL",
        ],
        ["a database with an underscore first", { database: { databaseName: "_x" } }, "is not the name of a database"],
        ["a user that is everybody", { database: { masterUsername: "public" } }, "is a word of PostgreSQL's language"],
        ["a master who is the application", { database: { masterUsername: "application" } }, "application"],
        ["a bucket with two dots", bucket("shop..logs"), "is not a name that S3 gives a bucket"],
        ["a bucket like an address", bucket("192.168.5.4"), "is not a name that S3 gives a bucket"],
        ["a queue of 300 characters", { queues: { [long]: {} } }, "is not a queue's name; give up to 50"],
        ["a client of 300 characters", { clients: { [long]: { securityGroupId: "sg-01234567" } } }, "give up to 50"],
        ["an access of 300 characters", { cluster: { access: { [long]: role } } }, "give up to 50"],
        ["a repository of 300 characters", { registry: { names: [long] } }, "(up to 50"],
        [
            "a restored database of 300 characters",
            { database: { restored: { name: long, restoreFrom: { pointInTime: "latest" } } } },
            "(up to 50",
        ],
        [
            "subnets of 300 characters",
            { network: { additionalSubnets: { [long]: { routes: "private", slot: 10 } } } },
            "give up to 50",
        ],
        ["a queue that JavaScript has", { queues: { constructor: {} } }, "is not a queue's name"],
        [
            "a service named like a part",
            { workloads: { services: { database: { port: 8080 } } } },
            "is the name of another",
        ],
        ["a group of two lines", { cluster: { access: { me: { ...role, groups: ["a\nb"] } } } }, "is not a group"],
        ["a type of nodes twice", { cluster: { instanceTypes: ["m6i.large", "m6i.large"] } }, "names m6i.large twice"],
    ]);

    function bucket(accessLogBucket: string): Settings {
        const ingress = { host: "shop.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ", accessLogBucket };
        return { workloads: { services: { frontend: { port: 8080, ingressPath: "/" } }, ingress } };
    }
});

describe("services that could not run are refused", () => {
    const service = (backend: Settings) => ({ workloads: { services: { backend: { port: 8080, ...backend } } } });
    const own = "registry.example.com/backend:1.4.2";
    refuses([
        [
            "a variable longer than the kernel's",
            service({ environment: { A: "x".repeat(2 ** 21) } }),
            "is longer than 131072",
        ],
        [
            "more variables than Kubernetes keeps",
            service({
                environment: Object.fromEntries("abcdefghij".split("").map((name) => [name, "x".repeat(110_000)])),
            }),
            "has 1100010 characters in all",
        ],
        ["a command with a NUL", service({ command: ["a\u0000b"] }), "has characters that are not printed"],
        ["secrets over /etc", service({ secretFiles: { "/etc": "app-secrets" } }), "is not a directory for secrets"],
        [
            "secrets over programs",
            service({ secretFiles: { "/usr/bin": "app-secrets" } }),
            "is not a directory for secrets",
        ],
        [
            "secrets outside",
            service({ secretFiles: { "/run/../etc": "app-secrets" } }),
            "is not a directory for secrets",
        ],
        ["another port of the default image", service({ port: 3000 }), "3000 is not served by the default image"],
        [
            "a Secret with a slip in its name",
            service({ secrets: { URL: { secret: "platform-databse", key: "DATABASE_URL" } } }),
            "did you mean platform-database?",
        ],
        [
            "a key that the Secret does not have",
            service({ secrets: { URL: { secret: "platform-redis", key: "CACHE_URL" } } }),
            '"CACHE_URL" is not a key of platform-redis; give REDIS_URL',
        ],
        [
            "a Secret of what the platform does not have",
            { ...service({ secretFiles: { "/run/cache": "platform-redis" } }), cache: false },
            "platform-redis is not there",
        ],
    ]);

    it("with an image of their own, any port is theirs; and Secrets of somebody else's are", () => {
        const secrets = { KEY: { secret: "partner-api", key: "key" } };
        expect(problemsOf(service({ port: 3000, image: own, secrets }))).toEqual([]);
    });
});

describe("what is no value at all is refused", () => {
    refuses([
        ["a number without an end", { queues: { a: { visibilityTimeoutSeconds: 1e21 } } }, "1e+21 is out of range"],
        [
            "an infinite one, which JSON has no word for",
            { queues: { a: { delaySeconds: Infinity } } },
            "a.delaySeconds: null",
        ],
        [
            "subnets without a slot",
            { network: { additionalSubnets: { a: { routes: "private" } } } },
            "slot: is missing",
        ],
    ]);

    it.each([
        ["at the top", "queues", '{"__proto__": {"fifo": true}}'],
        ["deep down", "workloads", '{"services": {"backend": {"environment": {"__proto__": "x"}}}}'],
    ])("a name that changes what is read, %s", (_, key, json) => {
        expect(problemsOf({}, { [`plinth:${key}`]: json }).join("\n")).toContain('"__proto__"; leave it out');
    });

    it("a variable may be called like what JavaScript has", () => {
        const backend = { environment: { toString: "x", constructor: "y" } };
        expect(problemsOf({ workloads: { services: { backend } } })).toEqual([]);
    });
});

describe("a message", () => {
    it("shows the beginning of a long value", () => {
        const [message = ""] = problemsOf({ database: { engine: "x".repeat(5000) } });
        expect(message).toMatch(/^plinth:database.engine: "x{100,130}…/);
        expect(message.length).toBeLessThan(400);
    });

    it("shows what a terminal would act on as what it is", () => {
        const [message] = problemsOf({ database: { engine: "red\u001b[31m\u202e" } });
        expect(message).toContain('"red\\u001b[31m\\u202e" is not an engine');
    });
});
