import type { Creation, Inputs, ResourceType } from "../../resource-type";
import { unlisted } from "../../resource-type";

export const RECORD = "aws:route53/record:Record";
export const ZONE = "aws:route53/zone:Zone";

const TYPES = [
    "A",
    "AAAA",
    "CAA",
    "CNAME",
    "DS",
    "HTTPS",
    "MX",
    "NAPTR",
    "NS",
    "PTR",
    "SOA",
    "SPF",
    "SRV",
    "SSHFP",
    "SVCB",
    "TLSA",
    "TXT",
];

type Subject = Pick<Creation, "inputs" | "find">;

const bare = (name: string) => name.replace(/\.$/, "").toLowerCase();

const zoneName = ({ inputs, find }: Subject) => bare(String(find(ZONE, inputs.text("zoneId"))?.inputs.name ?? ""));

/** The full name of a record: a name that does not end in the zone's name is relative to it, as in the provider. */
function fqdnOf(creation: Subject): string {
    const [name, zone] = [bare(creation.inputs.text("name")), zoneName(creation)];
    if (name === "" || name === zone) return zone;
    return name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}

const identity = (inputs: Inputs, fqdn: string) => [fqdn, inputs.text("type"), inputs.text("setIdentifier")].join(" ");

export const route53: Record<string, ResourceType> = {
    [ZONE]: {
        id: ({ hex }) => `Z0${hex(19).toUpperCase()}`,
        outputs: ({ id, partition }) => {
            const nameServers = [1, 2, 3, 4].map((index) => `ns-${index}.awsdns-0${index}.example`);
            return {
                arn: `arn:${partition}:route53:::hostedzone/${id}`,
                nameServers,
                primaryNameServer: nameServers[0],
                zoneId: id,
            };
        },
        name: "name",
        exists: false,
        notFound: "NoSuchHostedZone",
        inUse: "HostedZoneNotEmpty",
    },
    [RECORD]: {
        id: (creation) =>
            [
                creation.inputs.text("zoneId"),
                fqdnOf(creation),
                creation.inputs.text("type"),
                creation.inputs.text("setIdentifier"),
            ]
                .filter((part) => part !== "")
                .join("_"),
        outputs: (made) => ({ fqdn: fqdnOf(made) }),
        refersTo: { zoneId: ZONE },
        rejects: [
            unlisted("type", TYPES, "InvalidInput"),
            {
                code: "InvalidInput",
                when: (inputs) => inputs.list("records").length > 0 === inputs.list("aliases").length > 0,
                say: () => "one of records and aliases must be given",
            },
            {
                code: "InvalidInput",
                at: "ttl",
                when: (inputs) => inputs.has("ttl") !== inputs.list("records").length > 0,
                say: () => "ttl goes with records, and not with aliases",
            },
            {
                code: "InvalidChangeBatch",
                at: "records",
                when: (inputs) => inputs.text("type") === "CNAME" && inputs.list("records").length > 1,
                say: () => "a CNAME has one value",
            },
        ],
        conflicts: [
            {
                code: "InvalidChangeBatch",
                at: "name",
                when: (creation) => creation.inputs.text("type") === "CNAME" && fqdnOf(creation) === zoneName(creation),
                say: (creation) =>
                    `RRSet of type CNAME with DNS name ${fqdnOf(creation)}. is not permitted at apex in zone`,
            },
        ],
        unique: [
            {
                code: "InvalidChangeBatch",
                at: "name",
                key: (subject) => `${subject.inputs.text("zoneId")} ${identity(subject.inputs, fqdnOf(subject))}`,
                overwrites: (inputs) => inputs.flag("allowOverwrite"),
                say: (inputs) =>
                    `Tried to create resource record set [name='${inputs.text("name")}', type='${inputs.text("type")}'] but it already exists`,
            },
        ],
    },
};
