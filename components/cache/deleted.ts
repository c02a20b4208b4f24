import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey } from "../encryption";
import { cacheKeyArgs } from "./key";
import type { CacheSpec } from "./spec";

/**
 * What remains of a cache that was deleted after another was restored from it: its key, which is needed to read its final
 * snapshot and manual snapshots. It has the cache's type and name, so that the key is the same resource as before.
 */
export class DeletedCache extends Component {
    /** ARN of the key. */
    public readonly kmsKeyId: pulumi.Output<string>;

    constructor(
        name: string,
        args: ComponentArgs & Pick<CacheSpec, "keyDeletionWindowDays">,
        options?: pulumi.ComponentResourceOptions,
    ) {
        super("plinth:cache:Cache", name, args, options);
        const keyArgs = { ...this.shared, ...cacheKeyArgs(this.displayName(), args) };
        this.kmsKeyId = new EncryptionKey(this.childName("encryption"), keyArgs, this.child).keyArn;
        this.registerOutputs({ kmsKeyId: this.kmsKeyId });
    }
}
