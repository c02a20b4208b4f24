import * as pulumi from "@pulumi/pulumi";
import { type AwsContext, awsContextFor } from "./aws-context";
import { physicalName } from "./naming";

/** What every part of one platform shares. */
export interface PlatformContext {
    /** What physical names begin with: `<project>-<stack>`. */
    namePrefix: string;
    /** Tags of everything that takes tags; a component adds `Component` and `Name`. */
    tags: Record<string, string>;
    /**
     * Whether what holds data or keys is protected against deletion, by Pulumi and by AWS. To delete it, set this to
     * false and update first.
     */
    protect: boolean;
}

/** The arguments that every component takes. */
export interface ComponentArgs {
    platform: PlatformContext;
    /**
     * What physical names and tags are made from, after the platform's prefix. To rename a component without replacing
     * anything, state its old name here and as an alias in its options.
     * @default the component's Pulumi name
     * @remarks A change replaces most of what the component holds.
     */
    physicalName?: string;
}

/** The base of Plinth's components: one way to name, tag, parent and protect children. */
export abstract class Component extends pulumi.ComponentResource {
    protected readonly platform: PlatformContext;
    /** What physical names and tags are made from. */
    protected readonly physicalIdentity: string;
    private readonly pulumiName: string;

    protected constructor(
        type: `plinth:${string}:${string}`,
        name: string,
        args: ComponentArgs,
        options?: pulumi.ComponentResourceOptions,
    ) {
        super(type, name, {}, options);
        this.platform = args.platform;
        this.physicalIdentity = args.physicalName ?? name;
        this.pulumiName = name;
    }

    /**
     * The Pulumi name of a child: the component's own in front, so that an alias of the component covers the child.
     * Without `part`, that of a child which stands for the component itself.
     */
    protected childName(part?: string): string {
        return part ? `${this.pulumiName}-${part}` : this.pulumiName;
    }

    /** The physical name of the component itself or of one of its parts, within AWS's `limit` of characters. */
    protected physicalName(limit: number, part?: string): string {
        return physicalName(this.displayName(part), limit);
    }

    /** The tags of the component itself or of one of its parts. */
    protected tags(part?: string): Record<string, string> {
        return { ...this.platform.tags, Component: this.physicalIdentity, Name: this.displayName(part) };
    }

    /** What a component inside this one has in common with it. */
    protected get shared(): ComponentArgs {
        return { platform: this.platform, physicalName: this.physicalIdentity };
    }

    /** The account, partition and region that the component makes its resources in. */
    protected get awsContext(): AwsContext {
        return awsContextFor(this);
    }

    /** Options of a child. */
    protected get child(): pulumi.CustomResourceOptions {
        return { parent: this };
    }

    /** Options of a child that holds data or keys. */
    protected get stateful(): pulumi.CustomResourceOptions {
        return { parent: this, protect: this.platform.protect };
    }

    /** What a person is to call the component itself or one of its parts: as its physical name, but never shortened. */
    protected displayName(part?: string): string {
        return [this.platform.namePrefix, this.physicalIdentity, part].filter(Boolean).join("-");
    }
}
