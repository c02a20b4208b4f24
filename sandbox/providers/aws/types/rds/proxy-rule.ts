import type { Entity } from "../../../../account/account";
import { type Creation, type Inputs, malformed, outside, type Rejection } from "../../resource-type";
import { SUBNET } from "../ec2/network";

export const PROXY = "aws:rds/proxy:Proxy";
export const PROXY_ENDPOINT = "aws:rds/proxyEndpoint:ProxyEndpoint";
export const PROXY_TARGET = "aws:rds/proxyTarget:ProxyTarget";

/** The maximum number of proxies of an account, and of endpoints of a proxy. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html#rds-proxy.limitations */
const MOST = 20;

/** The password authentication methods of clients. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_UserAuthConfig.html */
const PASSWORDS: Record<string, readonly string[]> = {
    MYSQL: ["MYSQL_CACHING_SHA2_PASSWORD", "MYSQL_NATIVE_PASSWORD"],
    POSTGRESQL: ["POSTGRES_SCRAM_SHA_256", "POSTGRES_MD5"],
    SQLSERVER: ["SQL_SERVER_AUTHENTICATION"],
};

const NAME = /^[A-Za-z](-?[A-Za-z0-9]+)*$/;

function named(at: string): Rejection<Inputs>[] {
    return [
        malformed(at, NAME, "letters, digits and single hyphens, a letter first and no hyphen last"),
        malformed(at, /^.{1,63}$/, "1 to 63 characters"),
    ];
}

/**
 * What RDS refuses of a proxy by its inputs alone.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html
 */
export const proxyRejections: Rejection<Inputs>[] = [
    ...named("name"),
    outside("idleClientTimeout", 1, 28_800),
    {
        code: "InvalidParameterValue",
        at: "auths",
        when: (inputs) => inputs.text("defaultAuthScheme") !== "IAM_AUTH" && inputs.list("auths").length === 0,
        say: () => "Auth is required unless the default authentication scheme is IAM_AUTH",
    },
    {
        code: "InvalidParameterValue",
        at: "auths",
        when: (inputs) => inputs.blocks("auths").some((one) => faultOf(one, inputs) !== undefined),
        say: (inputs) => inputs.blocks("auths").flatMap((one) => faultOf(one, inputs) ?? [])[0] ?? "",
    },
];

/** What is wrong with one of a proxy's authentication settings. */
function faultOf(auth: Inputs, proxy: Inputs): string | undefined {
    const family = proxy.text("engineFamily");
    const type = auth.text("clientPasswordAuthType");
    if (type !== "" && PASSWORDS[family]?.includes(type) === false)
        return `ClientPasswordAuthType ${type} is not one of ${family}`;
    if (auth.has("iamAuth") && !["DISABLED", "REQUIRED"].includes(auth.text("iamAuth")) && family !== "SQLSERVER")
        return `IAMAuth must be DISABLED or REQUIRED, got ${auth.text("iamAuth")}`;
    if (auth.text("iamAuth") === "REQUIRED" && proxy.has("requireTls") && !proxy.flag("requireTls"))
        return "IAMAuth is REQUIRED, which needs RequireTLS";
    return undefined;
}

/** What RDS refuses of the subnets of a proxy or an endpoint: they must be in two zones of one VPC. */
const placementConflicts: Rejection<Creation>[] = [
    {
        code: "InvalidSubnet",
        at: "vpcSubnetIds",
        when: (creation) => new Set(subnetsOf(creation, "vpcId")).size > 1,
        say: () => "The requested subnets are not all in a common VPC.",
    },
    {
        code: "InvalidSubnet",
        at: "vpcSubnetIds",
        when: (creation) => new Set(subnetsOf(creation, "availabilityZone")).size < 2,
        say: () => "A proxy needs subnets in at least two Availability Zones.",
    },
];

function subnetsOf({ inputs, find }: Creation, output: string): unknown[] {
    return inputs.texts("vpcSubnetIds").map((id) => find(SUBNET, id)?.outputs[output]);
}

export const proxyConflicts: Rejection<Creation>[] = [
    {
        code: "DBProxyQuotaExceededFault",
        when: ({ all }) => all(PROXY).length >= MOST,
        say: () => `Your account already has the maximum number of proxies in this Region: ${MOST}.`,
    },
    ...placementConflicts,
];

/** What RDS refuses of an endpoint by its inputs alone. */
export const endpointRejections: Rejection<Inputs>[] = [...named("dbProxyEndpointName")];

export const endpointConflicts: Rejection<Creation>[] = [
    {
        code: "DBProxyEndpointQuotaExceededFault",
        when: ({ inputs, all }) => ofProxy(PROXY_ENDPOINT, inputs.text("dbProxyName"), all).length >= MOST,
        say: () => `The proxy already has the maximum number of endpoints: ${MOST}.`,
    },
    ...placementConflicts,
];

/** The resources of a type that belong to a proxy. */
export function ofProxy(type: string, proxy: string, all: Creation["all"]): Entity[] {
    return all(type).filter(({ inputs }) => inputs.dbProxyName === proxy);
}

/**
 * What RDS refuses of a pool by its inputs alone.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ConnectionPoolConfiguration.html
 */
export const poolRejections: Rejection<Inputs>[] = [
    ofPool("maxConnectionsPercent", 1, () => 100),
    ofPool("maxIdleConnectionsPercent", 0, (pool) => pool.number("maxConnectionsPercent") ?? 100),
    ofPool("connectionBorrowTimeout", 0, () => 300),
    {
        code: "InvalidParameterCombination",
        at: "connectionPoolConfig",
        when: (inputs) => {
            const pool = inputs.block("connectionPoolConfig");
            return pool?.has("maxIdleConnectionsPercent") === true && !pool.has("maxConnectionsPercent");
        },
        say: () => "MaxIdleConnectionsPercent needs MaxConnectionsPercent beside it.",
    },
    {
        code: "InvalidParameterValue",
        at: "connectionPoolConfig",
        when: (inputs) => filtersOf(inputs).some((filter) => filter !== "EXCLUDE_VARIABLE_SETS"),
        say: () => "SessionPinningFilters knows EXCLUDE_VARIABLE_SETS and nothing else.",
    },
];

export const poolConflicts: Rejection<Creation>[] = [
    {
        code: "InvalidParameterCombination",
        at: "connectionPoolConfig",
        when: ({ inputs, find }) =>
            filtersOf(inputs).length > 0 &&
            find(PROXY, inputs.text("dbProxyName"))?.inputs.engineFamily === "POSTGRESQL",
        say: () => "SessionPinningFilters aren't supported for the engine family POSTGRESQL.",
    },
];

function filtersOf(inputs: Inputs): string[] {
    return inputs.block("connectionPoolConfig")?.texts("sessionPinningFilters") ?? [];
}

function ofPool(name: string, least: number, mostOf: (pool: Inputs) => number): Rejection<Inputs> {
    return {
        code: "InvalidParameterValue",
        at: `connectionPoolConfig.${name}`,
        when: (inputs) => {
            const pool = inputs.block("connectionPoolConfig");
            const value = pool?.number(name);
            return pool !== undefined && value !== undefined && (value < least || value > mostOf(pool));
        },
        say: (inputs) => {
            const pool = inputs.block("connectionPoolConfig");
            return `${name} must be between ${least} and ${pool && mostOf(pool)}, got ${pool?.text(name)}`;
        },
    };
}
