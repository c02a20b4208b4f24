import type * as aws from "@pulumi/aws";
// Only this module of awsx: the rest takes 0.1 s to load.
import * as ecr from "@pulumi/awsx/ecr";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey } from "../encryption";
import { nameLimits } from "../naming";
import { type Transform, transformed } from "../transform";
import { refuseRegistry } from "./plan";
import type { RegistrySpec } from "./spec";

export interface RegistryArgs extends RegistrySpec, ComponentArgs {
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        /** Applied to every repository. */
        repository?: Transform<ecr.RepositoryArgs>;
    };
}

/** The raw resources of a {@link Registry}. */
export interface RegistryNodes {
    key: aws.kms.Key;
    /** Each repository, by its name in `names`: a component of awsx, with the repository and its lifecycle policy. */
    repositories: Record<string, ecr.Repository>;
}

/**
 * Private repositories of images on ECR: encrypted with their own key, scanned when an image is pushed, with
 * immutable tags.
 *
 * Costs a dollar a month for the key, and ten cents for each GiB that is kept.
 * @see https://aws.amazon.com/ecr/pricing/
 */
export class Registry extends Component {
    /** Where images are pushed to and pulled from, by repository. */
    public readonly repositoryUrls: Record<string, pulumi.Output<string>>;
    /** The names of the repositories, which the component chooses: they are known at preview. */
    public readonly repositoryNames: string[];
    /** The raw resources. */
    public readonly nodes: RegistryNodes;

    private readonly args: RegistryArgs;

    constructor(name: string, args: RegistryArgs, options?: pulumi.ComponentResourceOptions) {
        refuseRegistry(name, args);
        super("plinth:registry:Registry", name, args, options);
        this.args = args;
        const key = new EncryptionKey(
            this.childName("encryption"),
            {
                ...this.shared,
                purpose: `the images of ${this.displayName()}`,
                deletionWindowDays: args.keyDeletionWindowDays,
            },
            this.child,
        );
        const repositories = args.names.map((repository): [string, ecr.Repository] => [
            repository,
            this.createRepository(repository, key.keyArn),
        ]);
        this.nodes = { key: key.nodes.key, repositories: Object.fromEntries(repositories) };
        this.repositoryUrls = Object.fromEntries(repositories.map(([name, { url }]) => [name, url]));
        this.repositoryNames = args.names.map((repository) => this.physicalName(nameLimits.repository, repository));
        this.registerOutputs({ repositoryUrls: this.repositoryUrls });
    }

    private createRepository(repository: string, kmsKey: pulumi.Input<string>): ecr.Repository {
        const args: ecr.RepositoryArgs = {
            name: this.physicalName(nameLimits.repository, repository),
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey }],
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            forceDelete: !this.platform.protect,
            lifecyclePolicy: {
                rules: [
                    {
                        description: `Keep ${this.args.keptImages} images`,
                        tagStatus: "any",
                        maximumNumberOfImages: this.args.keptImages,
                    },
                ],
            },
            tags: this.tags(repository),
        };
        return new ecr.Repository(
            this.childName(repository),
            transformed(this.args.transform?.repository, args),
            this.stateful,
        );
    }
}
