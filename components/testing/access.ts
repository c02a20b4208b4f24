import type { Registered } from "./mocks";
import { settled } from "./mocks";

/** Something that a role may do: an action of AWS on one resource. */
export type Right = string;

/** Every right of every role, by the role's name, as `action on resource`, from the policies that were registered. */
export async function rightsOf(resources: readonly Registered[]): Promise<Record<string, Right[]>> {
    const rights: Record<string, Right[]> = {};
    for (const { type, inputs } of resources) {
        if (type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment") {
            const role = String(await settled(inputs.role as string));
            rights[role] = [...(rights[role] ?? []), `everything of ${await settled(inputs.policyArn as string)}`];
        }
        if (type !== "aws:iam/rolePolicy:RolePolicy") continue;
        const role = String(await settled(inputs.role as string));
        const { Statement } = JSON.parse(String(await settled(inputs.policy as string)));
        rights[role] = [...(rights[role] ?? []), ...[Statement].flat().flatMap(rightsIn)];
    }
    return Object.fromEntries(Object.entries(rights).map(([role, all]) => [role, all.sort()]));
}

function rightsIn(statement: { Effect: string; Action: string | string[]; Resource: string | string[] }): Right[] {
    const prefix = statement.Effect === "Allow" ? "" : "never ";
    return [statement.Action]
        .flat()
        .flatMap((action) => [statement.Resource].flat().map((resource) => `${prefix}${action} on ${resource}`));
}

interface PolicyPeer {
    ipBlock?: { cidr: string; except?: string[] };
    namespaceSelector?: { matchLabels: Record<string, string> };
    podSelector?: { matchLabels: Record<string, string> };
}

interface PolicyRule {
    from?: PolicyPeer[];
    to?: PolicyPeer[];
    ports: { port: number; protocol: string }[];
}

/** Every path that the network policies open, by the pods that they select, as `to 10.0.0.0/20 at TCP 443`. */
export async function pathsOf(resources: readonly Registered[]): Promise<Record<string, string[]>> {
    const paths: Record<string, string[]> = {};
    for (const { type, inputs } of resources) {
        if (type !== "kubernetes:networking.k8s.io/v1:NetworkPolicy") continue;
        const spec = (await settled(inputs.spec)) as {
            podSelector: { matchLabels: Record<string, string> };
            policyTypes: string[];
            ingress: PolicyRule[];
            egress: PolicyRule[];
        };
        const pods = Object.values(spec.podSelector.matchLabels).join();
        const open = [
            ...(spec.policyTypes.includes("Ingress") ? [] : ["from anyone at anything"]),
            ...(spec.policyTypes.includes("Egress") ? [] : ["to anyone at anything"]),
            ...spec.ingress.flatMap((rule) => written("from", rule.from, rule)),
            ...spec.egress.flatMap((rule) => written("to", rule.to, rule)),
        ];
        paths[pods] = [...(paths[pods] ?? []), ...open].sort();
    }
    return paths;
}

function written(word: "from" | "to", peers: PolicyPeer[] | undefined, { ports }: PolicyRule): string[] {
    const places = (peers?.length ? peers : [{}]).map(place);
    return places.flatMap((one) => ports.map(({ port, protocol }) => `${word} ${one} at ${protocol} ${port}`));
}

function place({ ipBlock, namespaceSelector, podSelector }: PolicyPeer): string {
    if (ipBlock) return [ipBlock.cidr, ...(ipBlock.except ?? []).map((block) => `but ${block}`)].join(" ");
    const pods = Object.values(podSelector?.matchLabels ?? {}).join();
    if (!pods) return "anyone";
    return namespaceSelector ? `${pods} in ${Object.values(namespaceSelector.matchLabels).join()}` : pods;
}

/** Every rule of every security group that stands for itself, as `sg-nodes may reach orders-group at tcp 5432`. */
export async function groupRulesOf(resources: readonly Registered[]): Promise<string[]> {
    const rules: string[] = [];
    for (const { type, inputs } of resources) {
        const isIngress = type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
        if (!isIngress && type !== "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") continue;
        const read = async (key: string) => String(await settled(inputs[key] as string));
        const peer = inputs.cidrIpv4 === undefined ? await read("referencedSecurityGroupId") : await read("cidrIpv4");
        const at = `${await read("ipProtocol")} ${await read("fromPort")}`;
        rules.push(`${await read("securityGroupId")} ${isIngress ? "takes from" : "may reach"} ${peer} at ${at}`);
    }
    return rules.sort();
}
