import type { Entity } from "../account/account";

/** The kind of the outermost component that a resource is part of, as its URN has it; undefined where it is part of none. */
function componentOf({ urn = "" }: Pick<Entity, "urn">): string | undefined {
    const [outermost = "", ...inner] = (urn.split("::")[2] ?? "").split("$");
    return inner.length > 0 ? outermost : undefined;
}

/** Resources by the component that they are part of, those of none last; within one in the order of their creation. */
export function byComponent<Resource extends Pick<Entity, "urn">>(resources: Resource[]): [string, Resource[]][] {
    const groups = new Map<string, Resource[]>();
    for (const resource of resources) {
        const component = componentOf(resource) ?? "";
        groups.set(component, [...(groups.get(component) ?? []), resource]);
    }
    const sorted = [...groups].sort(
        ([one], [other]) => Number(one === "") - Number(other === "") || (one < other ? -1 : 1),
    );
    return sorted.map(([component, own]) => [component || "part of no component", own]);
}

/** What came up, and what to try next. */
export function summaryOf(command: string, stack: string, resources: Pick<Entity, "urn">[]): string {
    const counts = byComponent(resources).map(([component, own]) => `${component} ${own.length}`);
    return [
        "",
        `${stack} is up in the emulated account, with ${resources.length} resources: ${counts.join(", ")}.`,
        `  ${command} account ${stack}      what is in it`,
        `  ${command} preview ${stack}      what a change of the program or of Pulumi.${stack}.yaml would do`,
        `  ${command} serve ${stack}        real servers on this machine in its shape`,
        `  ${command} destroy ${stack}      take it down`,
        "",
    ].join("\n");
}
