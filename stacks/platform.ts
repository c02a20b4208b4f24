import { PlanCollector, type PlannedResource } from "@plinth/cost";
import * as aws from "@pulumi/aws";
import type { Part } from "./part";
import { parts } from "./parts";
import type { PlatformSpec } from "./resolve";

/**
 * Creates every part of the platform, in the order of the list of parts. Returns the stack's outputs.
 * @param onPlanned is given what all of it comes to, with what prices depend on
 */
export function createPlatform(
    spec: PlatformSpec,
    onPlanned?: (planned: PlannedResource[]) => void,
): Record<string, unknown> {
    const { tier, region, accountId, platform, secretParts } = spec;
    const provider = new aws.Provider("aws", {
        region: region as aws.Region,
        allowedAccountIds: accountId ? [accountId] : undefined,
    });
    const collector = new PlanCollector();
    const present = (parts as readonly Part[]).filter(({ key }) => specOf(spec, key) !== undefined);
    const shared = {
        ...{ tier, region, accountId, platform, secretParts },
        options: { providers: [provider], transformations: [collector.transformation] },
        planned: () => collector.plan(provider),
        present: new Set(present.map(({ key }) => key)),
        dataPorts: present.flatMap((part) => part.dataPorts?.(specOf(spec, part.key)) ?? []),
    };
    const made: Record<string, unknown> = {};
    const outputs: Record<string, unknown> = { region };
    for (const part of present) {
        const needed = Object.entries(part.needs);
        made[part.key] = part.create?.(specOf(spec, part.key), {
            ...shared,
            made: Object.fromEntries(needed.map(([name, { key }]) => [name, made[key]])),
            specs: Object.fromEntries(needed.map(([name, { key }]) => [name, specOf(spec, key)])),
        });
        if (made[part.key] !== undefined) Object.assign(outputs, part.outputs?.(made[part.key]));
    }
    onPlanned?.(collector.plan(provider));
    return outputs;
}

function specOf(spec: PlatformSpec, key: string): unknown {
    return spec[key as keyof PlatformSpec];
}
