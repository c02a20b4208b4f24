import type { View } from "../../graph/graph";
import { elements, field, type Reading, readProperty, text } from "../../graph/reading";
import type { Rule, TrustedIds } from "../../rule";
import { satisfied, unknown } from "../../verdict";
import { aws } from "../inputs";
import { kubernetesTypes, podTypes } from "../kubernetes-objects";

/* Resources that make others, which no rule sees. */

const cloudControl = aws("cloudcontrol/resource");
const cloudFormation = [aws("cloudformation/stack"), aws("cloudformation/stackSet")];
const native = "aws-native:*";

/** A list of objects in one resource, and a patch of one that another program makes. */
const lists = [...podTypes, ...Object.values(kubernetesTypes)].map((type) => `${type}List`);
const patches = podTypes.map((type) => `${type}Patch`);

const reviewed: TrustedIds = {
    key: "reviewed",
    meaning: "the name of a resource in the program, whose content somebody has reviewed",
    pattern: "^.+$",
};

const madeInSight: Rule = {
    id: "resource-in-sight",
    title: "Resources are declared one by one, by the types that the rules read",
    severity: "medium",
    enforcement: "mandatory",
    controls: {},
    remedy: "Declare each resource by its own type of @pulumi/aws or @pulumi/kubernetes, so that the rules for it apply.",
    appliesTo: [cloudControl, ...cloudFormation, native, ...lists, ...patches],
    trustedIds: [reviewed],
    judge: (view, trusted) => (trusted.has(view.name) ? satisfied : unknown(contentOf(view))),
};

/** What the resource makes, as far as it says so. */
function contentOf(view: View): string {
    if (view.type === cloudControl)
        return `${text(view.read("typeName")) ?? "what"} is made through Cloud Control, which no rule reads`;
    if (cloudFormation.includes(view.type)) {
        const made = typesIn(view.read("templateBody"));
        const what = made.length > 0 ? made.join(", ") : "what its template declares";
        return `${what} is made by CloudFormation, which no rule reads`;
    }
    if (lists.includes(view.type))
        return `it declares ${elements(view.read("items"))?.length ?? "some"} objects in one resource`;
    if (patches.includes(view.type)) return "it changes an object that another program declares";
    return `${view.type} is a type of another provider, which no rule reads`;
}

/** The types of the resources in a CloudFormation template written in JSON. */
function typesIn(template: Reading): string[] {
    try {
        const parsed: unknown = JSON.parse(text(template) ?? "{}");
        if (typeof parsed !== "object" || parsed === null) return [];
        const resources = readProperty(parsed, "Resources");
        const names =
            resources.is === "known" && typeof resources.value === "object" ? Object.keys(resources.value) : [];
        return [...new Set(names.flatMap((name) => text(field(field(resources, name), "Type")) ?? []))];
    } catch {
        return [];
    }
}

export const outOfSightRules: readonly Rule[] = [madeInSight];
