import {
    Application,
    applicationProblems,
    applicationSettings,
    byDefault,
    byName,
    createServices,
    dialectOf,
    environmentsOf,
    ingressSettings,
    logRetentionDays,
    problemAt,
    type ReachSpec,
    roomProblem,
    type Services,
    secretUseProblems,
    servicesProblems,
    withSecretEnvironments,
    workloadSettings,
} from "@plinth/components";
import { optionalPart, type StackContext } from "../part";
import { cachePart } from "./cache";
import { clusterPart } from "./cluster";
import { databasePart } from "./database";
import { monitoringPart } from "./monitoring";
import { networkCidrs, networkPart } from "./network";
import { queuesPart } from "./queues";

/** What runs in the cluster: what its services share, the services, and how they are reached from the internet. */
export const workloadsPart = optionalPart({
    key: "workloads",
    presence: "by default",
    keepsSecrets: true,
    within: clusterPart,
    needs: {
        network: networkPart,
        database: databasePart,
        cache: cachePart,
        queues: queuesPart,
        cluster: clusterPart,
        monitoring: monitoringPart,
    },
    settings: applicationSettings.extend({
        /**
         * The services, by name.
         * @remarks Services are created and deleted one by one.
         */
        services: byName(workloadSettings).meta(byDefault({})),
        /**
         * Days that the services' logs are kept, each service's in a log group of its own.
         * @remarks Updated in place. A shorter span deletes what is older within 72 hours.
         */
        logRetentionDays: logRetentionDays().meta(byDefault(30)),
        /**
         * How they are reached from the internet. Left out, they are not.
         * @remarks Created and deleted in place.
         */
        ingress: ingressSettings.optional(),
    }),
    componentNames: ["workloads", "ingress", "queue-scaling", "service-logs"],
    engine: ({ database }) => dialectOf(database?.engine ?? "postgres"),
    problems: ({ services, ingress, logRetentionDays: _, ...application }, where, { specs, stack }) => [
        ...Object.entries(services).flatMap(([name, { reaches }]) =>
            roomProblems(`${where}.services.${name}.reaches.queues`, reaches.queues, stack),
        ),
        ...passwordProblems(specs.database?.masterPassword),
        ...secretUseProblems(where, services, {
            database: specs.database && {
                engine: specs.database.engine,
                proxy: specs.database.proxy !== undefined,
            },
            cache: specs.cache && { user: specs.cache.authentication === "user-group" },
        }),
        ...applicationProblems(where, application, {
            database: specs.database !== undefined,
            secretValues: isSecret(stack),
        }),
        ...servicesProblems(
            where,
            { services, ingress },
            {
                secretValues: isSecret(stack),
                database: specs.database !== undefined,
                cache: specs.cache !== undefined,
                queues: Object.keys(specs.queues),
                publicSubnets:
                    specs.network.existing === undefined || specs.network.existing.publicSubnetIds.length > 1,
            },
        ),
    ],
    chosenNames: ({ services }, where) =>
        Object.keys(services).map((name) => ({ name, at: `${where}.services.${name}` })),
    create: (
        { services, ingress, logRetentionDays, ...application },
        { platform, region, made, specs, options, secretParts },
    ) => {
        const { cluster } = made;
        const secretValues = isSecret({ secretParts });
        if (!cluster) throw new Error("there is no cluster for the workloads");
        const network = { vpcId: made.network.vpcId, cidrs: networkCidrs(specs.network) };
        const shared = {
            ...{ platform, cluster, queues: made.queues },
            ...{ database: made.database?.serving, cache: made.cache?.serving },
        };
        const created = new Application(
            "workloads",
            {
                ...{ ...application, ...shared, network, region, kubernetesVersion: cluster.version },
                monitoringUser: made.monitoring?.databaseUser,
                ...(secretValues && {
                    configuration: {},
                    secretConfiguration: application.configuration,
                    secretEnvironments: environmentsOf(services),
                }),
            },
            options,
        );
        return {
            application: created,
            services: createServices(
                {
                    services: secretValues ? withSecretEnvironments(services, created.environmentSecrets) : services,
                    ingress,
                    logs: {
                        retentionDays: logRetentionDays,
                        keyDeletionWindowDays: application.keyDeletionWindowDays,
                    },
                },
                {
                    ...shared,
                    application: created,
                    network: { ...network, publicSubnetIds: made.network.publicSubnetIds },
                },
                options,
            ),
        };
    },
    outputs: ({ application, services }) => ({
        // The names that other people's charts need.
        workloads: {
            namespace: application.namespace,
            configMapName: application.configMapName,
            secretNames: application.secretNames,
            secretReaders: application.secretReaders,
            migrationJobName: application.migrationJobName,
            roleArns: roleArns(services),
        },
        ingress: ingressOutputs(services),
    }),
});

/** More queues than the rights of one role have room for. */
function roomProblems(at: string, { send, consume }: ReachSpec["queues"], { platform, region }: StackContext) {
    const named = (queues: string[]) => [...new Set(queues)].map((queue) => `${platform.namePrefix}-${queue}`);
    const problem = roomProblem({ send: named(send), consume: named(consume) }, region);
    return problem === undefined ? [] : [problemAt(at, problem)];
}

/** Whether variables of services and entries of `configuration` are kept secret: Pulumi does not say which of them is. */
function isSecret({ secretParts }: Pick<StackContext, "secretParts">): boolean {
    return secretParts.has("workloads");
}

/** The secret that RDS keeps is no resource of the stack, so nothing in the cluster can be given it. */
function passwordProblems(masterPassword: string | undefined) {
    if (masterPassword !== "managed") return [];
    return [
        problemAt(
            "plinth:database.masterPassword",
            "managed keeps the password from the Job that makes the users; give generated, or leave the cluster out",
        ),
    ];
}

/** The role of each service that has one. */
function roleArns({ workloads }: Services) {
    const roles = Object.entries(workloads).flatMap(
        ([
            name,
            {
                nodes: { role },
            },
        ]) => (role ? [[name, role.arn] as const] : []),
    );
    return Object.fromEntries(roles);
}

/** Where the platform is reached from the internet, or why it isn't. */
function ingressOutputs({ ingress }: Services) {
    if (!ingress)
        return "none: the platform is not reached from the internet until plinth:workloads.ingress names a host";
    return {
        url: ingress.url,
        loadBalancerHost: ingress.loadBalancerHost,
        certificateArn: ingress.certificateArn,
        webAclArn: ingress.webAclArn,
    };
}
