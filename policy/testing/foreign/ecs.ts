import * as aws from "@pulumi/aws";
import { type ForeignCases, later, on } from "./foreign";

const task = (container: object) => ({
    containerDefinitions: JSON.stringify([{ name: "app", image: "app:1", ...container }]),
});
const unreadable = {
    unproved: [[/containerDefinitions is not known yet/, { containerDefinitions: later }] as const],
    unprovedBy: "task-not-privileged",
};
const volume = (configuration: object) => ({
    volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1", ...configuration } }],
});
const commands = (logging: string | typeof later) => ({ configuration: { executeCommandConfiguration: { logging } } });

export const ecs: ForeignCases = {
    "task-not-privileged": on(aws.ecs.TaskDefinition, {
        sound: [task({}), task({ privileged: false, linuxParameters: { capabilities: { drop: ["ALL"] } } })],
        bad: [
            [/app → privileged is true/, task({ privileged: true })],
            [
                /app → it has the capability SYS_ADMIN/,
                task({ linuxParameters: { capabilities: { add: ["SYS_ADMIN"] } } }),
            ],
        ],
        unproved: [[/containerDefinitions is not known yet/, { containerDefinitions: later }]],
    }),
    "task-variables-without-secrets": on(aws.ecs.TaskDefinition, {
        ...unreadable,
        sound: [
            task({
                environment: [{ name: "TABLE", value: "orders" }],
                secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:ssm:x" }],
            }),
        ],
        bad: [
            [
                /app → DB_PASSWORD has a literal value/,
                task({ environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
            ],
        ],
    }),
    "task-apart-from-host": on(aws.ecs.TaskDefinition, {
        sound: [{ networkMode: "awsvpc" }, {}, { pidMode: "task" }],
        bad: [
            [/networkMode is host/, { networkMode: "host" }],
            [/pidMode is host/, { pidMode: "host" }],
            [/ipcMode is host/, { ipcMode: "host" }],
        ],
        unproved: [[/networkMode is not known yet/, { networkMode: later }]],
    }),
    "task-volumes-encrypted-in-transit": on(aws.ecs.TaskDefinition, {
        sound: [{}, { volumes: [{ name: "scratch" }] }, volume({ transitEncryption: "ENABLED" })],
        bad: [
            [/efsVolumeConfiguration.transitEncryption is not set/, volume({})],
            [/is DISABLED/, volume({ transitEncryption: "DISABLED" })],
        ],
        unproved: [[/transitEncryption is not known yet/, volume({ transitEncryption: later })]],
    }),
    "task-root-read-only": on(aws.ecs.TaskDefinition, {
        ...unreadable,
        sound: [task({ readonlyRootFilesystem: true })],
        bad: [[/app → readonlyRootFilesystem is not set/, task({})]],
    }),
    "task-not-root": on(aws.ecs.TaskDefinition, {
        ...unreadable,
        sound: [task({}), task({ user: "1000:1000" })],
        bad: [
            [/app → user is root/, task({ user: "root" })],
            [/app → user is root/, task({ user: "0:0" })],
        ],
    }),
    "task-logged": on(aws.ecs.TaskDefinition, {
        ...unreadable,
        sound: [task({ logConfiguration: { logDriver: "awslogs" } })],
        bad: [[/app → logConfiguration.logDriver is not set/, task({})]],
    }),
    "task-without-public-address": on(aws.ecs.Service, {
        sound: [{}, { networkConfiguration: { subnets: [later], assignPublicIp: false } }],
        bad: [[/networkConfiguration.assignPublicIp is true/, { networkConfiguration: { assignPublicIp: true } }]],
        unproved: [[/assignPublicIp is not known yet/, { networkConfiguration: { assignPublicIp: later } }]],
    }),
    "task-commands-logged": on(aws.ecs.Cluster, {
        sound: [{}, commands("DEFAULT")],
        bad: [[/logging is NONE/, commands("NONE")]],
        unproved: [[/logging is not known yet/, commands(later)]],
    }),
    "task-cluster-observed": on(aws.ecs.Cluster, {
        sound: [{ settings: [{ name: "containerInsights", value: "enabled" }] }],
        bad: [
            [/containerInsights is not set/, {}],
            [/is disabled/, { settings: [{ name: "containerInsights", value: "disabled" }] }],
        ],
        unproved: [[/settings is not known yet/, { settings: later }]],
    }),
};
