import { zoneIdOf, zonesOf, zonesWithoutEks } from "@plinth/facts";
import { type Creation, Inputs, malformed, type Rejection, type Update } from "../../resource-type";
import { isPublicBlock } from "../ec2/cidr";
import { SUBNET } from "../ec2/network";
import { SECURITY_GROUP } from "../ec2/security-group";
import { NODE_GROUP } from "./token";
import { minorOf, NODE_SKEW } from "./version";

const INVALID = "InvalidParameterException";

export const network = (inputs: Inputs) => inputs.block("vpcConfig") ?? new Inputs({});
/** The authentication modes of a cluster, in the only direction in which it can change. */
const AUTHENTICATION_MODES = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

const mode = (inputs: Inputs) => inputs.block("accessConfig")?.text("authenticationMode") || "CONFIG_MAP";

/** The distinct zones, or the distinct VPCs, of subnets. */
export function ofSubnets(ids: string[], find: Creation["find"], property: "availabilityZone" | "vpcId"): string[] {
    return [...new Set(ids.map((id) => String(find(SUBNET, id)?.outputs[property] ?? "")))];
}

function isWithoutEks(zone: string): boolean {
    return zonesWithoutEks.includes(zoneIdOf(zone));
}

/** What EKS refuses of a cluster by its inputs alone. */
export const clusterRejections: Rejection<Inputs>[] = [
    malformed(
        "name",
        /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
        "1 to 100 letters, digits, - and _, a letter or digit first",
        INVALID,
    ),
    {
        code: INVALID,
        at: "vpcConfig",
        when: (inputs) => network(inputs).list("subnetIds").length < 2,
        say: () => "Subnets specified must be in at least two different AZs",
    },
    {
        code: INVALID,
        at: "vpcConfig",
        when: (inputs) =>
            !(network(inputs).has("endpointPublicAccess") ? network(inputs).flag("endpointPublicAccess") : true) &&
            !network(inputs).flag("endpointPrivateAccess"),
        say: () => "Private and public endpoint access cannot be false",
    },
    {
        code: INVALID,
        at: "vpcConfig",
        when: (inputs) => !network(inputs).texts("publicAccessCidrs").every(isPublicBlock),
        say: (inputs) =>
            `The following CIDRs are invalid in publicAccessCidrs: [${network(inputs)
                .texts("publicAccessCidrs")
                .filter((block) => !isPublicBlock(block))}]`,
    },
    {
        // https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
        code: INVALID,
        at: "vpcConfig",
        when: (inputs) => network(inputs).texts("publicAccessCidrs").length > 40,
        say: (inputs) =>
            `publicAccessCidrs has ${network(inputs).texts("publicAccessCidrs").length} CIDRs, and a cluster 40 at most`,
    },
];

/** The zones of a cluster's subnets. */
function zonesOfCluster({ inputs, find }: Creation): string[] {
    return ofSubnets(network(inputs).texts("subnetIds"), find, "availabilityZone");
}

/** Where a cluster can be: at its creation, and with the subnets that an update gives it. */
export const placement: Rejection<Creation>[] = [
    {
        // https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
        code: "UnsupportedAvailabilityZoneException",
        at: "vpcConfig",
        when: (creation) => zonesOfCluster(creation).some(isWithoutEks),
        say: (creation) => {
            const [zone] = zonesOfCluster(creation).filter(isWithoutEks);
            const others = zonesOf(creation.region)?.filter((one) => !isWithoutEks(one)) ?? [];
            return (
                `Cannot create cluster '${creation.inputs.text("name")}' because EKS has no control plane in the targeted availability zone, ` +
                `${zone} (${zoneIdOf(zone ?? "")}). Choose from these availability zones: ${others.join(", ")}`
            );
        },
    },
    {
        code: INVALID,
        at: "vpcConfig",
        when: (creation) => zonesOfCluster(creation).length < 2,
        say: () => "Subnets specified must be in at least two different AZs",
    },
    {
        code: INVALID,
        at: "vpcConfig",
        when: ({ inputs, find }) => ofSubnets(network(inputs).texts("subnetIds"), find, "vpcId").length > 1,
        say: () => "Subnets specified must belong to the same VPC",
    },
    {
        code: INVALID,
        at: "vpcConfig",
        when: ({ inputs, find }) => {
            const [vpc] = ofSubnets(network(inputs).texts("subnetIds"), find, "vpcId");
            return network(inputs)
                .texts("securityGroupIds")
                .some((id) => find(SECURITY_GROUP, id)?.inputs.vpcId !== vpc);
        },
        say: () => "Security group(s) are not in the same VPC as the subnets",
    },
];

/** What EKS refuses to change of a cluster. */
export const clusterUpdateErrors: Rejection<Update>[] = [
    {
        code: INVALID,
        at: "version",
        when: ({ inputs, outputs }) => {
            const step = minorOf(inputs.text("version")) - minorOf(outputs.text("version"));
            return step < 0 || step > 1;
        },
        say: ({ inputs, outputs }) =>
            `Unsupported Kubernetes minor version update from ${outputs.text("version")} to ${inputs.text("version")}`,
    },
    {
        code: INVALID,
        at: "accessConfig",
        when: ({ inputs, old }) => AUTHENTICATION_MODES.indexOf(mode(inputs)) < AUTHENTICATION_MODES.indexOf(mode(old)),
        say: ({ inputs, old }) => `Unsupported authentication mode update from ${mode(old)} to ${mode(inputs)}`,
    },
    {
        code: INVALID,
        at: "encryptionConfig",
        when: ({ inputs, old }) => {
            const [was, is] = [old, inputs].map((one) =>
                one.block("encryptionConfig")?.block("provider")?.text("keyArn"),
            );
            return was !== undefined && is !== undefined && was !== is;
        },
        say: () => "The key that secrets are encrypted with can't be changed once it is set",
    },
    {
        code: INVALID,
        at: "vpcConfig",
        when: ({ inputs, old, find }) => {
            const zones = ofSubnets(network(old).texts("subnetIds"), find, "availabilityZone");
            return ofSubnets(network(inputs).texts("subnetIds"), find, "availabilityZone").some(
                (zone) => zone !== "" && !zones.includes(zone),
            );
        },
        say: () =>
            "Provided subnets belong to different set of availability zones than the ones the cluster was created with",
    },
    {
        code: "InvalidRequestException",
        at: "version",
        when: (update) =>
            minorOf(update.inputs.text("version")) > minorOf(update.outputs.text("version")) &&
            nodesBehind(update).length > 0,
        say: (update) =>
            `Nodegroups ${nodesBehind(update).join(", ")} would be more than ${NODE_SKEW} minor versions behind the control plane: update them first`,
    },
];

/** The node groups that are too old for the new version. */
function nodesBehind({ inputs, old, all }: Update): string[] {
    return all(NODE_GROUP)
        .filter(({ inputs: group }) => group.clusterName === old.text("name"))
        .filter(({ outputs }) => minorOf(inputs.text("version")) - minorOf(String(outputs.version)) > NODE_SKEW)
        .map(({ outputs, inputs: group }) => `${group.nodeGroupName} (${outputs.version})`);
}
