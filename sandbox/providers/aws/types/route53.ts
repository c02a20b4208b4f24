import { type Creation, type Inputs, malformed, outside, type ResourceType, unlisted } from "../resource-type";

export const ZONE = "aws:route53/zone:Zone";
export const RECORD = "aws:route53/record:Record";

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
const RECORD_TYPES = "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT".split(" ");

/** A name in DNS. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html */
const NAME = /^(?=.{1,255}$)(\*\.)?([\w-]{1,63}\.)*[\w-]{1,63}\.?$/;

export const route53: Record<string, ResourceType> = {
    [ZONE]: {
        id: ({ hex }) => `Z0${hex(19).toUpperCase()}`,
        outputs: ({ id }) => ({
            arn: `arn:aws:route53:::hostedzone/${id}`,
            zoneId: id,
            nameServers: ["ns-1.awsdns-01.org", "ns-2.awsdns-02.co.uk", "ns-3.awsdns-03.com", "ns-4.awsdns-04.net"],
            primaryNameServer: "ns-1.awsdns-01.org",
            comment: "Managed by Pulumi",
        }),
        rejects: [malformed("name", NAME, "it is a domain name", "InvalidDomainName")],
        notFound: "NoSuchHostedZone",
        inUse: "HostedZoneNotEmpty",
    },
    [RECORD]: {
        id: ({ inputs }) => recordId(inputs),
        outputs: ({ inputs }) => ({ fqdn: inputs.text("name").replace(/\.$/, ""), allowOverwrite: false }),
        refersTo: { zoneId: ZONE },
        rejects: [
            malformed("name", NAME, "it is a domain name", "InvalidChangeBatch"),
            unlisted("type", RECORD_TYPES, "InvalidChangeBatch"),
            outside("ttl", 0, 2_147_483_647, "InvalidChangeBatch"),
            {
                code: "Invalid combination of arguments",
                when: (inputs) => inputs.has("aliases") === inputs.has("records"),
                say: () => "one of alias,records must be specified",
            },
            {
                code: "Missing required argument",
                at: "ttl",
                when: (inputs) => inputs.has("records") && !inputs.has("ttl"),
                say: () => "all of records,ttl must be specified",
            },
        ],
        conflicts: [
            {
                code: "InvalidChangeBatch",
                at: "name",
                when: (creation) => !isInZone(creation),
                say: ({ inputs, find }) =>
                    `RRSet with DNS name ${inputs.text("name")} is not permitted in zone ${zoneName(find, inputs)}`,
            },
            {
                code: "InvalidChangeBatch",
                when: ({ inputs, find }) =>
                    !inputs.flag("allowOverwrite") && find(RECORD, recordId(inputs)) !== undefined,
                say: ({ inputs }) =>
                    `Tried to create resource record set [name='${inputs.text("name")}', type='${inputs.text("type")}'] but it already exists`,
            },
        ],
        notFound: "InvalidChangeBatch",
    },
};

function recordId(inputs: Inputs): string {
    const set = inputs.has("setIdentifier") ? `_${inputs.text("setIdentifier")}` : "";
    return `${inputs.text("zoneId")}_${inputs.text("name").replace(/\.$/, "")}_${inputs.text("type")}${set}`;
}

function zoneName(find: Creation["find"], inputs: Inputs): string {
    return String(find(ZONE, inputs.text("zoneId"))?.inputs.name).replace(/\.$/, "");
}

function isInZone({ inputs, find }: Creation): boolean {
    const zone = zoneName(find, inputs);
    return `.${inputs.text("name").replace(/\.$/, "")}`.endsWith(`.${zone}`);
}
