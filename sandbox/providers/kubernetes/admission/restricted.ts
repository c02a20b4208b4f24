import type { Field } from "../field";
import { type Control, context, named, type Pod, subject } from "./pod";

/** The controls that the restricted level adds to the baseline. */
export const RESTRICTED: Control[] = [
    volumeTypes,
    privilegeEscalation,
    runAsNonRoot,
    runAsUser,
    seccompRequired,
    droppedCapabilities,
];

const VOLUME_TYPES = new Set(
    "configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret".split(" "),
);

function volumeTypes({ spec }: Pod): string | undefined {
    const typesOf = (volume: Field) =>
        volume
            .entries()
            .map(([name]) => name)
            .filter((name) => name !== "name" && !VOLUME_TYPES.has(name));
    const bad = spec
        .at("volumes")
        .items()
        .filter((volume) => typesOf(volume).length > 0);
    if (bad.length === 0) return undefined;
    const types = [...new Set(bad.flatMap(typesOf))].map((name) => JSON.stringify(name)).join(", ");
    return `restricted volume types (${named(bad, "volume")} ${bad.length === 1 ? "uses" : "use"} restricted volume type ${types})`;
}

function privilegeEscalation({ spec, containers }: Pod): string | undefined {
    if (isWindows(spec)) return undefined;
    const bad = containers.filter(
        (one) => !isSet(context(one), "allowPrivilegeEscalation") || context(one).at("allowPrivilegeEscalation").flag(),
    );
    return bad.length === 0
        ? undefined
        : `allowPrivilegeEscalation != false (${named(bad)} must set securityContext.allowPrivilegeEscalation=false)`;
}

function runAsNonRoot({ spec, containers }: Pod): string | undefined {
    const flag = (one: Field) => context(one).at("runAsNonRoot").flag();
    const refusing = containers.filter((one) => flag(one) === false);
    if (refusing.length > 0)
        return `runAsNonRoot != true (${named(refusing)} must not set securityContext.runAsNonRoot=false)`;
    if (isSet(context(spec), "runAsNonRoot") && flag(spec) !== false) return undefined;
    const bad = containers.filter((one) => !isSet(context(one), "runAsNonRoot"));
    if (bad.length === 0)
        return flag(spec) === false
            ? "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)"
            : undefined;
    return `runAsNonRoot != true (pod or ${named(bad)} must set securityContext.runAsNonRoot=true)`;
}

function runAsUser({ spec, containers }: Pod): string | undefined {
    const root = (one: Field) => context(one).at("runAsUser").number() === 0;
    const bad = containers.filter(root);
    return bad.length === 0 && !root(spec)
        ? undefined
        : `runAsUser=0 (${subject(bad, root(spec))} must not set runAsUser=0)`;
}

function seccompRequired({ spec, containers }: Pod): string | undefined {
    if (isWindows(spec)) return undefined;
    const type = (one: Field) => context(one).at("seccompProfile", "type");
    const good = (one: Field) => type(one).unknown || ["RuntimeDefault", "Localhost"].includes(type(one).text() ?? "");
    const bad = containers.filter((one) => (type(one).present ? !good(one) : !(type(spec).present && good(spec))));
    if (bad.length === 0) return undefined;
    return `seccompProfile (pod or ${named(bad)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`;
}

function droppedCapabilities({ spec, containers }: Pod): string | undefined {
    if (isWindows(spec)) return undefined;
    const capabilities = (one: Field) => context(one).at("capabilities");
    const kept = containers.filter(
        (one) => !isOpen(capabilities(one), "drop") && !capabilities(one).at("drop").texts().includes("ALL"),
    );
    const added = (one: Field) =>
        capabilities(one)
            .at("add")
            .texts()
            .filter((name) => name !== "NET_BIND_SERVICE");
    const adding = containers.filter((one) => added(one).length > 0);
    const parts = [
        ...(kept.length > 0 ? [`${named(kept)} must set securityContext.capabilities.drop=["ALL"]`] : []),
        ...(adding.length > 0
            ? [
                  `${named(adding)} must not include ${[...new Set(adding.flatMap(added))].map((name) => JSON.stringify(name)).join(", ")} in securityContext.capabilities.add`,
              ]
            : []),
    ];
    return parts.length === 0 ? undefined : `unrestricted capabilities (${parts.join("; ")})`;
}

function isWindows(spec: Field): boolean {
    return spec.at("os", "name").text() === "windows";
}

/** Whether the field is set, or may be. */
function isSet(parent: Field, name: string): boolean {
    return parent.unknown || parent.at(name).present;
}

function isOpen(parent: Field, name: string): boolean {
    return (
        parent.unknown ||
        parent.at(name).unknown ||
        parent
            .at(name)
            .items()
            .some((item) => item.unknown)
    );
}
