import type { Entity } from "../../account/account";
import { CLUSTER, CLUSTER_INSTANCE } from "../../providers/aws/types/rds/cluster-rule";
import { INSTANCE } from "../../providers/aws/types/rds/instance-change";
import { PROXY, PROXY_ENDPOINT, PROXY_TARGET } from "../../providers/aws/types/rds/proxy-rule";
import type { DatabasePlan, Endpoint, Login, Parameter, SecretPlan } from "./plan";
import { fieldsOf, numberIn, objectOf, parametersOf, textIn } from "./read";

const defaultPorts = { postgres: 5432, mysql: 3306 } as const;

/** The database servers of an account: instances that are no replicas, and Aurora clusters. */
export function plannedDatabases(entities: Entity[], secrets: SecretPlan[]): DatabasePlan[] {
    const instances = entities.filter(({ type, inputs }) => type === INSTANCE && !textIn(inputs, "replicateSourceDb"));
    const clusters = entities.filter(({ type }) => type === CLUSTER);
    return [
        ...instances.map((instance) => instancePlan(instance, entities, secrets)),
        ...clusters.map((cluster) => clusterPlan(cluster, entities, secrets)),
    ].sort((a, b) => a.name.localeCompare(b.name));
}

function instancePlan({ id, inputs, outputs }: Entity, entities: Entity[], secrets: SecretPlan[]): DatabasePlan {
    const name = textIn(inputs, "identifier");
    const engine = engineOf(textIn(outputs, "engine"));
    const port = numberIn(outputs, "port") ?? defaultPorts[engine];
    const address = textIn(outputs, "address");
    const replicas = entities.filter(
        (other) => other.type === INSTANCE && [name, id].includes(textIn(other.inputs, "replicateSourceDb")),
    );
    const hosts = [address, ...replicas.map((replica) => textIn(replica.outputs, "address"))];
    const group = textIn(inputs, "parameterGroupName");
    return {
        ...{ name, engine, version: textIn(outputs, "engineVersion"), database: textIn(outputs, "dbName") },
        endpoints: [...hosts.map((host) => ({ host, port })), ...proxyEndpoints(name, port, entities)],
        ...logins(address, textIn(outputs, "username"), textIn(inputs, "password"), outputs, secrets),
        parameters: namedParameters(entities, group),
    };
}

function clusterPlan({ id, inputs, outputs }: Entity, entities: Entity[], secrets: SecretPlan[]): DatabasePlan {
    const engine = engineOf(textIn(inputs, "engine"));
    const port = numberIn(outputs, "port") ?? defaultPorts[engine];
    const address = textIn(outputs, "endpoint");
    const servers = entities.filter(
        ({ type, inputs: own }) => type === CLUSTER_INSTANCE && textIn(own, "clusterIdentifier") === id,
    );
    const hosts = [
        address,
        textIn(outputs, "readerEndpoint"),
        ...servers.map((one) => textIn(one.outputs, "endpoint")),
    ];
    const [server] = servers;
    return {
        ...{ name: id, engine, version: textIn(outputs, "engineVersion") },
        database: textIn(outputs, "databaseName") || textIn(inputs, "databaseName"),
        endpoints: [...hosts.map((host) => ({ host, port })), ...proxyEndpoints(id, port, entities)],
        ...logins(address, textIn(inputs, "masterUsername"), textIn(inputs, "masterPassword"), outputs, secrets),
        // An instance's own parameters are the last word.
        parameters: lastOfEach([
            ...namedParameters(entities, textIn(inputs, "dbClusterParameterGroupName")),
            ...(server ? namedParameters(entities, textIn(server.inputs, "dbParameterGroupName")) : []),
        ]),
    };
}

function engineOf(engine: string): DatabasePlan["engine"] {
    return engine.includes("postgres") ? "postgres" : "mysql";
}

/** Where the proxies of a server are. They listen on the port of its engine. */
function proxyEndpoints(server: string, port: number, entities: Entity[]): Endpoint[] {
    const targets = entities.filter(
        ({ type, inputs }) =>
            type === PROXY_TARGET &&
            [textIn(inputs, "dbInstanceIdentifier"), textIn(inputs, "dbClusterIdentifier")].includes(server),
    );
    const names = new Set(targets.map(({ inputs }) => textIn(inputs, "dbProxyName")));
    return entities
        .filter(({ type, id, inputs }) =>
            type === PROXY ? names.has(id) : type === PROXY_ENDPOINT && names.has(textIn(inputs, "dbProxyName")),
        )
        .map(({ outputs }) => ({ host: textIn(outputs, "endpoint"), port }));
}

/** Who logs in: the master user and those of the secrets that name the server. A secret has the password of the last rotation. */
function logins(
    address: string,
    masterUser: string,
    masterPassword: string,
    outputs: Entity["outputs"],
    secrets: SecretPlan[],
): { master: Login; users: Login[] } {
    const [managed] = Array.isArray(outputs.masterUserSecrets) ? outputs.masterUserSecrets : [];
    const managedArn = textIn(objectOf(managed), "secretArn");
    const users = secrets.flatMap(({ arn, text }) => {
        const { host, username, password } = fieldsOf(text);
        const own = arn === managedArn || host === address;
        return own && typeof username === "string" && typeof password === "string"
            ? [{ user: username, password }]
            : [];
    });
    const password = users.find(({ user }) => user === masterUser)?.password ?? masterPassword;
    return { master: { user: masterUser, password }, users: users.filter(({ user }) => user !== masterUser) };
}

function namedParameters(entities: Entity[], name: string): Parameter[] {
    const isGroup = ({ type, id }: Entity) => /^aws:rds\/(cluster)?parameterGroup:/i.test(type) && id === name;
    return parametersOf(entities.find(isGroup));
}

function lastOfEach(parameters: Parameter[]): Parameter[] {
    return [...new Map(parameters.map((parameter) => [parameter.name, parameter])).values()];
}
