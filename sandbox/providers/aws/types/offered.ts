import {
    cacheNodeTypes,
    cacheVersions,
    type DatabaseEngine,
    databaseClasses,
    databaseVersions,
    endpointServiceNames,
    type FileName,
    findDatabaseVersion,
    instanceTypes,
    isValid,
    isZoneOf,
    kubernetesVersions,
    nearest,
    type Offer,
    zonesOf,
} from "@plinth/facts";
import type { Placed, Rejection } from "../resource-type";

/* What AWS does not offer in the region, by the facts. What a living resource has already is not refused: AWS keeps it. */

/** Whether a text of the inputs is new, and to be judged: not once the facts have expired, nor where the account is said to have it. */
function isJudged({ inputs, old, alsoOffered }: Placed, at: string, file: FileName): boolean {
    const name = inputs.text(at);
    return name !== "" && name !== old.text(at) && !alsoOffered.includes(name) && isValid(file);
}

function engineOf({ inputs }: Placed): DatabaseEngine | undefined {
    const engine = inputs.text("engine");
    return engines.find((known) => known === engine);
}

export const engines: readonly DatabaseEngine[] = ["postgres", "mysql", "aurora-postgresql", "aurora-mysql"];

/** What no engine has is another error than what this one has not, or has in other regions. */
function classRule(code: string, isUnlisted: boolean, say: (placed: Placed) => string): Rejection<Placed> {
    return {
        code,
        at: "instanceClass",
        when: (placed) => {
            const name = placed.inputs.text("instanceClass");
            if (!isJudged(placed, "instanceClass", "databases")) return false;
            const engine = engineOf(placed);
            const nowhere = engines.every((one) => databaseClasses(one).find(name) === "unlisted");
            if (nowhere || engine === undefined) return nowhere && isUnlisted;
            return !isUnlisted && databaseClasses(engine).find(name, placed.region) !== "offered";
        },
        say,
    };
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html */
export const databaseClassOffered: Rejection<Placed>[] = [
    classRule(
        "InvalidParameterValue",
        true,
        ({ inputs, region }) =>
            `Invalid DB Instance class: ${inputs.text("instanceClass")}. ${like(databaseClasses(engineOr(inputs.text("engine"))), inputs.text("instanceClass"), region)}`,
    ),
    classRule(
        "InvalidParameterCombination",
        false,
        ({ inputs, region }) =>
            `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${inputs.text("instanceClass")}, Engine=${inputs.text("engine")} in ${region}. ${like(databaseClasses(engineOr(inputs.text("engine"))), inputs.text("instanceClass"), region)}`,
    ),
];

function engineOr(engine: string): DatabaseEngine {
    return engines.find((known) => known === engine) ?? "postgres";
}

function like(offer: Offer, name: string, region: string): string {
    return `There are ${offer.like(name, region).join(", ")}.`;
}

/** A build that RDS has withdrawn is created no more. */
export const databaseVersionOffered: Rejection<Placed> = {
    code: "InvalidParameterCombination",
    at: "engineVersion",
    when: (placed) => {
        const engine = engineOf(placed);
        if (!engine || !isJudged(placed, "engineVersion", "databases")) return false;
        return findDatabaseVersion(engine, placed.inputs.text("engineVersion")) !== "available";
    },
    say: ({ inputs }) => {
        const [engine, version] = [engineOr(inputs.text("engine")), inputs.text("engineVersion")];
        const withdrawn = findDatabaseVersion(engine, version) === "deprecated" ? ", which RDS has withdrawn" : "";
        const major = version.split(".")[0] ?? "";
        const builds = databaseVersions(engine).filter((build) => build.split(".")[0] === major);
        return `Cannot find version ${version} for ${engine}${withdrawn}. ${builds.length > 0 ? `There are ${builds.join(", ")}.` : ""}`;
    },
};

export const nodeTypeOffered: Rejection<Placed> = {
    code: "InvalidParameterValue",
    at: "nodeType",
    when: (placed) =>
        isJudged(placed, "nodeType", "caches") &&
        cacheNodeTypes().find(placed.inputs.text("nodeType"), placed.region) !== "offered",
    say: ({ inputs, region }) =>
        `The specified cache node type ${inputs.text("nodeType")} is not offered in ${region}. ${like(cacheNodeTypes(), inputs.text("nodeType"), region)}`,
};

export const cacheVersionOffered: Rejection<Placed> = {
    code: "InvalidParameterValue",
    at: "engineVersion",
    when: (placed) =>
        isJudged(placed, "engineVersion", "caches") &&
        !cacheVersions(cacheEngine(placed)).includes(placed.inputs.text("engineVersion")),
    say: (placed) =>
        `Cannot find version ${placed.inputs.text("engineVersion")} for ${cacheEngine(placed)}. There are ${cacheVersions(cacheEngine(placed)).join(", ")}.`,
};

function cacheEngine({ inputs }: Placed): "redis" | "valkey" {
    return inputs.text("engine") === "valkey" ? "valkey" : "redis";
}

/** The families of parameters of the engines' versions. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html */
export function cacheFamilies(): string[] {
    const family = (engine: string) => (version: string) => {
        const major = Number.parseFloat(version);
        if (engine === "redis" && major < 6) return `redis${version.split(".").slice(0, 2).join(".")}`;
        return engine + Math.floor(major) + (engine === "redis" && major < 7 ? ".x" : "");
    };
    return [...new Set((["redis", "valkey"] as const).flatMap((engine) => cacheVersions(engine).map(family(engine))))];
}

export const kubernetesOffered: Rejection<Placed> = {
    code: "InvalidParameterException",
    at: "version",
    when: (placed) =>
        isJudged(placed, "version", "support") && !offeredKubernetes().includes(placed.inputs.text("version")),
    say: ({ inputs }) =>
        `unsupported Kubernetes version ${inputs.text("version")}: EKS has ${offeredKubernetes().join(", ")}`,
};

/** The versions of Kubernetes that EKS creates clusters of, oldest first. */
export function offeredKubernetes(): string[] {
    return [...kubernetesVersions("extended"), ...kubernetesVersions("standard")];
}

const strangeTypes = ({ inputs, old, region, alsoOffered }: Placed) =>
    inputs
        .texts("instanceTypes")
        .filter((type) => !old.texts("instanceTypes").includes(type) && !alsoOffered.includes(type))
        .filter((type) => instanceTypes().find(type, region) !== "offered");

export const instanceTypesOffered: Rejection<Placed> = {
    code: "InvalidParameterException",
    at: "instanceTypes",
    when: (placed) => isValid("instances") && strangeTypes(placed).length > 0,
    say: (placed) =>
        `The following supplied instance types do not exist: [${strangeTypes(placed).join(", ")}] in ${placed.region}. ${like(instanceTypes(), strangeTypes(placed)[0] ?? "", placed.region)}`,
};

/** Rejects a family of parameters that no version has which can be created. */
export function familyOffered(families: () => string[], file: FileName): Rejection<Placed> {
    return {
        code: "InvalidParameterValue",
        at: "family",
        when: (placed) => isJudged(placed, "family", file) && !families().includes(placed.inputs.text("family")),
        say: ({ inputs }) => `family must be one of ${families().join(", ")}, got "${inputs.text("family")}"`,
    };
}

/**
 * A service of AWS that has an endpoint. That of another account is not known here, nor what another region has.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const endpointServiceOffered: Rejection<Placed> = {
    code: "InvalidServiceName",
    at: "serviceName",
    when: (placed) => {
        const { inputs, region } = placed;
        const name = inputs.text("serviceName");
        if (!isJudged(placed, "serviceName", "endpoints") || name.includes(".vpce-svc-")) return false;
        return !endpointServiceNames(inputs.text("serviceRegion") || region).includes(name);
    },
    say: ({ inputs, region }) => {
        const name = inputs.text("serviceName");
        const known = endpointServiceNames(inputs.text("serviceRegion") || region);
        return `The Vpc Endpoint Service '${name}' does not exist. There are ${nearest(name, known).join(", ")}.`;
    },
};

/** Rejects a zone that is in another region, or that no account has. */
export function zoneOffered(at: string): Rejection<Placed> {
    return {
        code: "InvalidParameterValue",
        at,
        // The engine also checks what a resource has while it is planned in another region.
        when: ({ inputs, old, region }) =>
            inputs.has(at) && inputs.text(at) !== old.text(at) && !isZoneOf(inputs.text(at), region),
        say: ({ inputs, region }) =>
            `Value (${inputs.text(at)}) for parameter ${at} is invalid: ${region} has ${zonesOf(region)?.join(", ") ?? `${region}a and others`}.`,
    };
}
