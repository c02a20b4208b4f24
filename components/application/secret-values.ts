import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { type SecretValue, StoredSecret } from "../encryption";
import type { ExternalSecrets } from "./external-secrets";
import { environmentSecretName, secretConfigurationName } from "./plan";

export interface SecretValuesArgs extends ComponentArgs {
    externalSecrets: ExternalSecrets;
    /** The key that encrypts them. */
    keyArn: pulumi.Input<string>;
    recoveryWindowDays: number;
    /** What all services have. */
    configuration: Record<string, string>;
    /** What one service has, by its name. */
    environments: Record<string, Record<string, string>>;
}

/**
 * Values that the stack's configuration keeps secret, on their way to services: one secret in Secrets Manager, and a Kubernetes
 * Secret of what all services have and of what each has for itself. Without any there is nothing, and nothing to pay.
 */
export class SecretValues extends Component {
    /** The Kubernetes Secret of what all services have; undefined without any. */
    public readonly configurationName: string | undefined;
    /** The Kubernetes Secret of what a service has for itself, by service. */
    public readonly environmentNames: Readonly<Record<string, string>>;
    /** What External Secrets creates the Kubernetes Secrets from. */
    public readonly synced: k8s.apiextensions.CustomResource[];
    /** The value in Secrets Manager; undefined without any. */
    public readonly stored: SecretValue | undefined;

    constructor(name: string, args: SecretValuesArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:application:SecretValues", name, args, options);
        const environments = Object.entries(args.environments).filter(([, values]) => Object.keys(values).length > 0);
        this.configurationName = Object.keys(args.configuration).length > 0 ? secretConfigurationName : undefined;
        this.environmentNames = Object.fromEntries(
            environments.map(([service]) => [service, environmentSecretName(service)]),
        );
        const groups = [
            ...(this.configurationName ? [{ secret: this.configurationName, values: args.configuration }] : []),
            ...environments.map(([service, values]) => ({ secret: environmentSecretName(service), values })),
        ];
        this.stored = groups.length > 0 ? this.store(args, groups) : undefined;
        const { stored } = this;
        this.synced = stored ? groups.map((group) => sync(args.externalSecrets, stored, group)) : [];
        this.registerOutputs({});
    }

    /** The names of all Kubernetes Secrets. */
    get secretNames(): string[] {
        return [...(this.configurationName ? [this.configurationName] : []), ...Object.values(this.environmentNames)];
    }

    private store({ keyArn, recoveryWindowDays }: SecretValuesArgs, groups: readonly Group[]): SecretValue {
        const secret = new StoredSecret(
            this.childName("secret"),
            {
                ...this.shared,
                part: "secret-configuration",
                description: `What the configuration of ${this.displayName()} keeps secret`,
                ...{ keyArn, recoveryWindowDays },
            },
            this.child,
        );
        const fields = groups.flatMap(({ secret: of, values }) =>
            Object.entries(values).map(([variable, value]) => [field(of, variable), pulumi.secret(value)] as const),
        );
        return secret.store(Object.fromEntries(fields));
    }
}

/** A Kubernetes Secret, and the variables in it. */
interface Group {
    secret: string;
    values: Record<string, string>;
}

/** The name of a value in Secrets Manager. No full stop, which would part a path in the field's JSON. */
function field(secret: string, variable: string): string {
    return `${secret}/${variable}`;
}

function sync(externalSecrets: ExternalSecrets, of: SecretValue, { secret, values }: Group) {
    const fields = Object.keys(values).map((variable) => [variable, { of, field: field(secret, variable) }]);
    return externalSecrets.sync(secret, { name: secret, fields: Object.fromEntries(fields) });
}
