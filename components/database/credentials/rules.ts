import { oneOf, type Rule, range } from "../../validation";
import { forInstances } from "../engines/rules";
import type { DatabaseSpec } from "../spec";

/** The rules on what a spec says of passwords. */
export const credentialRules: Rule<DatabaseSpec>[] = [
    range("rotationDays", { from: 0, to: 1000, of: "Secrets Manager" }),
    oneOf("masterPassword", ["generated", "managed"], "a way to keep a password"),
    forInstances({
        at: "masterPassword",
        when: ({ masterPassword, readReplicas }) => masterPassword === "managed" && readReplicas > 0,
        say: ({ readReplicas }) =>
            `managed is not for a database with ${readReplicas} read replicas; give generated, or readReplicas: 0`,
    }),
    {
        at: "masterPassword",
        when: ({ masterPassword, blueGreenUpdates }) => masterPassword === "managed" && blueGreenUpdates === true,
        say: () => "managed is not for blue/green updates; give generated, or blueGreenUpdates: false",
    },
];
