import * as pulumi from "@pulumi/pulumi";
import { type AwsContext, awsContextFor } from "./aws-context";
import { physicalName } from "./naming";

/** What all components of one platform share. */
export interface PlatformContext {
    /** The prefix of physical names: `<project>-<stack>`. */
    namePrefix: string;
    /** Tags of every resource that supports tags; a component adds `Component` and `Name`. */
    tags: Record<string, string>;
    /**
     * Whether resources that hold data or keys are protected against deletion, by Pulumi and by AWS. To delete them, set this
     * to false and update first.
     */
    protect: boolean;
}

/** The arguments that every component takes. */
export interface ComponentArgs {
    platform: PlatformContext;
    /**
     * The component's name in physical names and tags, after the platform's prefix. To rename a component without replacing
     * anything, give its old name here and as an alias in its options.
     * @default the component's Pulumi name
     * @remarks A change replaces most of the component's resources.
     */
    physicalName?: string;
}

/** How functions outside a component create children of it: with its names, its tags and under it. */
export interface Parent {
    childName(part?: string): string;
    physicalName(limit: number, part?: string): string;
    tags(part?: string): Record<string, string>;
    /** Options of a child. */
    options: pulumi.CustomResourceOptions;
}

/** The base of Plinth's components: one way to name, tag, parent and protect children. */
export abstract class Component extends pulumi.ComponentResource {
    protected readonly platform: PlatformContext;
    /** The component's name in physical names and tags. */
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
     * Without `part`, the name of the child that represents the component itself.
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

    /** Shows warnings beside the component. */
    protected warn(warnings: readonly string[]): void {
        for (const warning of warnings) void pulumi.log.warn(warning, this);
    }

    /** Arguments that a nested component shares with this one. */
    protected get shared(): ComponentArgs {
        return { platform: this.platform, physicalName: this.physicalIdentity };
    }

    /** This component, for functions that create children of it. */
    protected get asParent(): Parent {
        return {
            childName: (part) => this.childName(part),
            physicalName: (limit, part) => this.physicalName(limit, part),
            tags: (part) => this.tags(part),
            options: this.child,
        };
    }

    /** The account, partition and region that the component creates its resources in. */
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

    /** The name of the component itself or of one of its parts in texts: its physical name, but never shortened. */
    protected displayName(part?: string): string {
        return [this.platform.namePrefix, this.physicalIdentity, part].filter(Boolean).join("-");
    }
}
