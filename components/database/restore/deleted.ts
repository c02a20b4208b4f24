import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../../component";
import { EncryptionKey } from "../../encryption";
import { databaseKeyArgs } from "../credentials/key";
import type { DatabaseSpec } from "../spec";

/**
 * What is left of a database that was deleted after another was restored from it: its key, which its snapshots, and the
 * storage of a restored instance, are encrypted with for as long as they exist. It has the database's type and name, so that the
 * key is the same resource as before.
 */
export class DeletedDatabase extends Component {
    /** ARN of the key. */
    public readonly kmsKeyId: pulumi.Output<string>;

    constructor(
        name: string,
        args: ComponentArgs & Pick<DatabaseSpec, "keyDeletionWindowDays">,
        options?: pulumi.ComponentResourceOptions,
    ) {
        super("plinth:database:Database", name, args, options);
        const keyArgs = { ...this.shared, ...databaseKeyArgs(this.displayName(), args) };
        this.kmsKeyId = new EncryptionKey(this.childName("encryption"), keyArgs, this.child).keyArn;
        this.registerOutputs({ kmsKeyId: this.kmsKeyId });
    }
}
