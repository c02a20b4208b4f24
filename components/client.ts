import type * as pulumi from "@pulumi/pulumi";
import type { SecretReader } from "./encryption";

/** What is to use a data store: it connects through its security group, and reads the credentials as its role. */
export type DataClient = {
    /** Names the rule and the grant. */
    name: string;
} & (
    | { securityGroupId: pulumi.Input<string>; role?: SecretReader["role"] }
    | { securityGroupId?: pulumi.Input<string>; role: SecretReader["role"] }
);
