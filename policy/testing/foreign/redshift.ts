import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, keyed, later, made, on, together } from "./foreign";

const cluster = made(aws.redshift.Cluster, "it", { clusterParameterGroupName: ref("group", "name") });
const group = (of: object) => made(aws.redshift.ParameterGroup, "group", { family: "redshift-1.0", ...of });
const tls = (value: string | typeof later) => ({ parameters: [{ name: "require_ssl", value }] });

export const redshift: ForeignCases = {
    "warehouse-not-public": together(
        on(aws.redshift.Cluster, {
            sound: [{}, { publiclyAccessible: false }],
            bad: [[/publiclyAccessible is true/, { publiclyAccessible: true }]],
            unproved: [[/publiclyAccessible is not known/, { publiclyAccessible: later }]],
        }),
        on(aws.redshiftserverless.Workgroup, {
            sound: [{}],
            bad: [[/is true/, { publiclyAccessible: true }]],
            unproved: [],
        }),
    ),
    "warehouse-encrypted": on(aws.redshift.Cluster, {
        sound: [{}, { encrypted: "true" }],
        bad: [[/encrypted is false/, { encrypted: "false" }]],
        unproved: [[/encrypted is not known yet/, { encrypted: later }]],
    }),
    "warehouse-forces-tls": {
        sound: [
            [made(aws.redshift.Cluster, "it", {})],
            [cluster, group(tls("true"))],
            [cluster, group({ family: "redshift-2.0" })],
        ],
        bad: [
            [/group → require_ssl is not set/, cluster, group({})],
            [/group → require_ssl is off/, cluster, group(tls("false"))],
            [
                /does not require TLS/,
                made(aws.redshift.Cluster, "it", { clusterParameterGroupName: "default.redshift-1.0" }),
            ],
        ],
        unproved: [[/require_ssl is not known yet/, cluster, group(tls(later))]],
    },
    "warehouse-routed-in-vpc": on(aws.redshift.Cluster, {
        sound: [{ enhancedVpcRouting: true }],
        bad: [[/enhancedVpcRouting is not set/, {}]],
        unproved: [],
    }),
    "warehouse-backed-up": on(aws.redshift.Cluster, {
        sound: [{ automatedSnapshotRetentionPeriod: 7 }],
        bad: [[/automatedSnapshotRetentionPeriod is 1, less than 7/, { automatedSnapshotRetentionPeriod: 1 }]],
        unproved: [],
    }),
    "warehouse-logged": {
        sound: [[cluster, made(aws.redshift.Logging, "log", { clusterIdentifier: ref("it") }), group({})]],
        bad: [[/it has no log/, made(aws.redshift.Cluster, "it", {})]],
        unproved: [],
    },
    "warehouse-encrypted-with-customer-key": keyed(aws.redshift.Cluster, "kmsKeyId"),
};
