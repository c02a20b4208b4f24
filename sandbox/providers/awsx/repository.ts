import { Repository as EcrRepository, LifecyclePolicy } from "@pulumi/aws/ecr";
import type { RepositoryArgs } from "@pulumi/awsx/ecr";
import * as pulumi from "@pulumi/pulumi";
import { type Emulated, refuseUnknown } from "../component-server";
import { lifecyclePolicyOf } from "./lifecycle-policy";

const INPUTS: Emulated<RepositoryArgs> = {
    encryptionConfigurations: true,
    forceDelete: true,
    imageScanningConfiguration: true,
    imageTagMutability: true,
    imageTagMutabilityExclusionFilters: true,
    lifecyclePolicy: true,
    name: true,
    region: "every resource of a stack is in the provider's region",
    tags: true,
};

/** The emulated awsx.ecr.Repository: a repository and its lifecycle policy. */
export class Repository extends pulumi.ComponentResource {
    readonly repository: EcrRepository;
    readonly lifecyclePolicy?: LifecyclePolicy;

    constructor(name: string, args: RepositoryArgs, options: pulumi.ComponentResourceOptions) {
        refuseUnknown("awsx.ecr.Repository", INPUTS, args);
        super("awsx:ecr:Repository", name, {}, options);
        const { lifecyclePolicy, ...given } = args;
        this.repository = new EcrRepository(name.toLowerCase(), given, { parent: this });
        if (!lifecyclePolicy?.skip)
            this.lifecyclePolicy = new LifecyclePolicy(
                name.toLowerCase(),
                {
                    repository: this.repository.name,
                    policy: pulumi.output(lifecyclePolicy?.rules).apply((rules) => lifecyclePolicyOf(rules)),
                },
                { parent: this },
            );
        this.registerOutputs({ repository: this.repository, lifecyclePolicy: this.lifecyclePolicy });
    }
}
