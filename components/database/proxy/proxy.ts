import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AccessGrant } from "../../client";
import { Component, type ComponentArgs } from "../../component";
import { readingPolicy, type StoredSecret } from "../../encryption";
import { LogGroups } from "../../logs";
import { nameLimits } from "../../naming";
import { type DataNetwork, GuardedPort } from "../../network";
import { policyDocument } from "../../policy-document";
import { type Transform, transformed } from "../../transform";
import { engines } from "../engines/engines";
import type { DatabaseServers } from "../servers";
import type { DatabaseSpec } from "../spec";
import type { ProxyPlan } from "./plan";

export interface DatabaseProxyArgs
    extends ComponentArgs,
        Pick<DatabaseSpec, "engine" | "logRetentionDays" | "keyDeletionWindowDays"> {
    plan: ProxyPlan;
    network: DataNetwork;
    /** The group whose members reach the servers. */
    serverClientSecurityGroupId: pulumi.Input<string>;
    /** The key of the secrets. */
    keyArn: pulumi.Input<string>;
    /** The secret of each user who may come through the proxy, by its part of names. */
    secrets: Record<string, StoredSecret>;
    /** The master user's secret where RDS keeps it. */
    managedSecretArn?: pulumi.Output<string>;
    transform?: Transform<aws.rds.ProxyArgs>;
}

/** What a proxy was given: it is in the group of the servers' clients, and reads the credentials as its role. */
export function proxyGrant(port: number): AccessGrant {
    return { client: "proxy", access: "connect", port, through: ["securityGroup", "role"] };
}

/**
 * RDS Proxy before a database. Its name, and so its host, is known before the users' secrets hold anything, since they are
 * to hold the host; it connects to the servers from `serve` on. Clients authenticate with the user's password, which
 * the proxy has from the secret, and it logs in as the same user.
 */
export class DatabaseProxy extends Component {
    /** Host that leads to the writer. */
    public readonly host: pulumi.Output<string>;
    /** The port that it serves. */
    public readonly port: number;
    /** Host that leads to the readers, once it serves; undefined where there are none. */
    public readerHost?: pulumi.Output<string>;
    /** The port that its clients connect to. */
    public readonly access: GuardedPort;

    private readonly args: DatabaseProxyArgs;
    private readonly proxy: aws.rds.Proxy;

    constructor(name: string, args: DatabaseProxyArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:database:DatabaseProxy", name, args, options);
        this.args = args;
        this.port = args.plan.port;
        this.access = this.createAccess();
        const logs = this.createLogGroup();
        const role = this.createRole();
        this.proxy = this.createProxy(role, [logs, ...this.letRead(role)]);
        this.host = this.proxy.endpoint;
        this.registerOutputs({ host: this.host, port: this.port });
    }

    /** Connects it to the servers, once `secrets`, which it logs in with, hold something. */
    serve(servers: DatabaseServers, secrets: pulumi.Resource[]): void {
        const pool = new aws.rds.ProxyDefaultTargetGroup(
            this.childName("pool"),
            { dbProxyName: this.proxy.name, connectionPoolConfig: this.args.plan.pool },
            this.child,
        );
        const target = new aws.rds.ProxyTarget(
            this.childName("target"),
            {
                dbProxyName: this.proxy.name,
                targetGroupName: pool.name,
                ...(servers.clusterIdentifier
                    ? { dbClusterIdentifier: servers.clusterIdentifier }
                    : { dbInstanceIdentifier: servers.instanceId }),
            },
            { ...this.child, dependsOn: secrets },
        );
        if (this.args.plan.readers) this.readerHost = this.createReaderEndpoint(target).endpoint;
    }

    private get proxyName(): string {
        return this.physicalName(nameLimits.databaseProxy);
    }

    /** It is a client of the servers too, by being in the group of their clients. */
    private get placement() {
        const { network, serverClientSecurityGroupId } = this.args;
        return {
            vpcSubnetIds: network.isolatedSubnetIds,
            vpcSecurityGroupIds: [this.access.securityGroupId, serverClientSecurityGroupId],
        };
    }

    private createAccess(): GuardedPort {
        const { engine, network, plan } = this.args;
        const service = `${engines[engine].label} through the proxy`;
        const args = { ...this.shared, vpcId: network.vpcId, port: plan.port, service };
        return new GuardedPort(this.childName("access"), args, this.child);
    }

    /** RDS would make the group itself, without a key and for ever. */
    private createLogGroup(): LogGroups {
        const args = {
            ...this.shared,
            purpose: `the log of the proxy ${this.displayName()}`,
            names: { log: `/aws/rds/proxy/${this.proxyName}` },
            retentionDays: this.args.logRetentionDays,
            keyDeletionWindowDays: this.args.keyDeletionWindowDays,
        };
        return new LogGroups(this.childName("logs"), args, this.child);
    }

    /**
     * The role that reads the secrets. It can't be limited to the account by `aws:SourceAccount`: RDS Proxy knows no global
     * condition keys.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html#rds-proxy.limitations
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html
     */
    private createRole(): aws.iam.Role {
        return new aws.iam.Role(
            this.childName("role"),
            {
                name: this.physicalName(nameLimits.role),
                description: "Lets RDS Proxy read the credentials of a database's users",
                assumeRolePolicy: policyDocument({
                    Sid: "LetRdsProxyRead",
                    Effect: "Allow",
                    Principal: { Service: "rds.amazonaws.com" },
                    Action: "sts:AssumeRole",
                }),
                tags: this.tags(),
            },
            this.child,
        );
    }

    private letRead(role: aws.iam.Role): pulumi.Resource[] {
        const { secrets, managedSecretArn, keyArn } = this.args;
        const grants = Object.values(secrets).map((secret) => secret.grantRead({ name: "proxy", role: role.name }));
        if (!managedSecretArn) return grants;
        const managed = new aws.iam.RolePolicy(
            this.childName("read-managed"),
            {
                name: this.physicalName(nameLimits.rolePolicy, "read-managed-master-credentials"),
                role: role.name,
                policy: readingPolicy(managedSecretArn, keyArn, this.awsContext),
            },
            this.child,
        );
        return [...grants, managed];
    }

    private createProxy(role: aws.iam.Role, dependsOn: pulumi.Resource[]): aws.rds.Proxy {
        const { plan, secrets, managedSecretArn, transform } = this.args;
        const arns = Object.entries(secrets).map(([part, { arn }]): [string, pulumi.Output<string>] => [part, arn]);
        if (managedSecretArn) arns.push(["master", managedSecretArn]);
        const args: aws.rds.ProxyArgs = {
            name: this.proxyName,
            engineFamily: plan.engineFamily,
            roleArn: role.arn,
            ...this.placement,
            requireTls: true,
            ...plan.settings,
            auths: arns.map(([part, secretArn]) => ({
                authScheme: "SECRETS",
                description: `The ${part} user`,
                iamAuth: "DISABLED",
                clientPasswordAuthType: plan.passwordAuthentication,
                secretArn,
            })),
            tags: this.tags(),
        };
        return new aws.rds.Proxy(this.childName(), transformed(transform, args), {
            ...this.child,
            dependsOn,
            // The provider would replace it, and every connection with it, for a zone that is added.
            ignoreChanges: ["vpcSubnetIds"],
        });
    }

    private createReaderEndpoint(target: aws.rds.ProxyTarget): aws.rds.ProxyEndpoint {
        return new aws.rds.ProxyEndpoint(
            this.childName("readers"),
            {
                dbProxyEndpointName: this.physicalName(nameLimits.databaseProxy, "readers"),
                dbProxyName: this.proxy.name,
                targetRole: "READ_ONLY",
                ...this.placement,
                tags: this.tags("readers"),
            },
            { ...this.child, dependsOn: target, ignoreChanges: ["vpcSubnetIds"] },
        );
    }
}
