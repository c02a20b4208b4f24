import type { Entity } from "../../account/account";
import { USER_GROUP } from "../../providers/aws/types/elasticache/user";
import type { CachePlan, CacheUser, SecretPlan } from "./plan";
import { fieldsOf, numberIn, objectOf, parametersOf, textIn, textsIn } from "./read";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const PARAMETER_GROUP = "aws:elasticache/parameterGroup:ParameterGroup";
const USER = "aws:elasticache/user:User";

/**
 * What a client of ElastiCache may never do, whoever it is.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/RestrictedCommands.html
 */
const restricted =
    "-config -debug -migrate -replicaof -slaveof -save -bgsave -bgrewriteaof -shutdown -sync -psync -acl|setuser -acl|deluser -acl|load -acl|save";

/** The caches of an account. */
export function plannedCaches(entities: Entity[], secrets: SecretPlan[]): CachePlan[] {
    return entities
        .filter(({ type }) => type === GROUP)
        .map((group) => cachePlan(group, entities, secrets))
        .sort((a, b) => a.name.localeCompare(b.name));
}

function cachePlan({ id: name, inputs, outputs }: Entity, entities: Entity[], secrets: SecretPlan[]): CachePlan {
    const port = numberIn(outputs, "port") ?? 6379;
    const hosts = ["configurationEndpointAddress", "primaryEndpointAddress", "readerEndpointAddress"]
        .map((property) => textIn(outputs, property))
        .filter((host) => host !== "");
    const credentials = secretOf(hosts, secrets);
    const group = textIn(inputs, "parameterGroupName");
    const token = credentials?.user === undefined ? (credentials?.password ?? textIn(inputs, "authToken")) : "";
    const users = [
        ...(token ? [{ name: "default", rules: `on ~* &* +@all ${restricted}`, passwords: [token] }] : []),
        ...usersOf(textsIn(inputs, "userGroupIds"), entities),
    ];
    return {
        ...{ name, engine: textIn(outputs, "engine") === "valkey" ? "valkey" : "redis", users },
        version: textIn(outputs, "engineVersion"),
        endpoints: hosts.map((host) => ({ host, port })),
        shards: textIn(outputs, "configurationEndpointAddress") ? (numberIn(outputs, "numNodeGroups") ?? 1) : undefined,
        tls: inputs.transitEncryptionEnabled === true,
        login: credentials ?? (token ? { password: token } : undefined),
        parameters: parametersOf(entities.find(({ type, id }) => type === PARAMETER_GROUP && id === group)),
    };
}

function usersOf(groupIds: string[], entities: Entity[]): CacheUser[] {
    const groups = entities.filter(({ type, id }) => type === USER_GROUP && groupIds.includes(id));
    const ids = new Set(groups.flatMap(({ inputs }) => textsIn(inputs, "userIds")));
    return entities
        .filter(({ type, id }) => type === USER && ids.has(id))
        .map(({ inputs }) => ({
            name: textIn(inputs, "userName"),
            rules: `${textIn(inputs, "accessString")} ${restricted}`,
            passwords: [...textsIn(inputs, "passwords"), ...textsIn(objectOf(inputs.authenticationMode), "passwords")],
        }));
}

/** What the secret of a cache says, which has its token or a user and a password. */
function secretOf(hosts: string[], secrets: SecretPlan[]): { user?: string; password: string } | undefined {
    for (const { text } of secrets) {
        const { host, authToken, username, password } = fieldsOf(text);
        if (typeof host !== "string" || !hosts.includes(host)) continue;
        if (typeof authToken === "string") return { password: authToken };
        if (typeof username === "string" && typeof password === "string") return { user: username, password };
    }
    return undefined;
}
