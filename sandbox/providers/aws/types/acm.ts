import { isObject } from "../../../rpc/values";
import { type Creation, malformed, type ResourceType, unlisted } from "../resource-type";
import { RECORD } from "./route53";

export const CERTIFICATE = "aws:acm/certificate:Certificate";

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const KEY_ALGORITHMS = ["RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];

export const acm: Record<string, ResourceType> = {
    [CERTIFICATE]: {
        id: ({ hex, region, accountId }) => `arn:aws:acm:${region}:${accountId}:certificate/${uuid(hex)}`,
        outputs: ({ id, hex, inputs }) => {
            const domainName = inputs.text("domainName");
            return {
                arn: id,
                domainValidationOptions: [
                    {
                        domainName,
                        resourceRecordName: `_${hex(32)}.${domainName}.`,
                        resourceRecordType: "CNAME",
                        resourceRecordValue: `_${hex(32)}.${hex(10)}.acm-validations.aws.`,
                    },
                ],
                keyAlgorithm: "RSA_2048",
                subjectAlternativeNames: [domainName],
                ...{ status: "PENDING_VALIDATION", type: "AMAZON_ISSUED", renewalEligibility: "INELIGIBLE" },
                ...{ notAfter: "", notBefore: "", pendingRenewal: false, renewalSummaries: [], validationEmails: [] },
                options: {
                    certificateTransparencyLoggingPreference: "ENABLED",
                    export: "DISABLED",
                },
            };
        },
        rejects: [
            malformed(
                "domainName",
                /^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$/,
                "it is a fully qualified domain name",
                "ValidationException",
            ),
            {
                code: "ValidationException",
                at: "domainName",
                when: (inputs) => inputs.text("domainName").length > 64,
                say: () => "The first domain name can be no longer than 64 octets",
            },
            unlisted("validationMethod", ["DNS", "EMAIL", "HTTP", "NONE"], "ValidationException"),
            unlisted("keyAlgorithm", KEY_ALGORITHMS, "ValidationException"),
        ],
        notFound: "ResourceNotFoundException",
        inUse: "ResourceInUseException",
    },
    // Nothing of AWS's own: the provider waits until the certificate has been issued.
    "aws:acm/certificateValidation:CertificateValidation": {
        id: () => `${new Date().toISOString().slice(0, 19).replace("T", " ")} +0000 UTC`,
        refersTo: { certificateArn: CERTIFICATE },
        conflicts: [
            {
                code: "timeout while waiting for state to become 'ISSUED'",
                at: "validationRecordFqdns",
                when: (creation) => !isProved(creation),
                say: ({ inputs }) =>
                    `no record proves ${inputs.text("certificateArn")}, so it stays in PENDING_VALIDATION`,
            },
        ],
    },
};

/** Whether a record in DNS says what ACM asks for. */
function isProved({ inputs, find, all }: Creation): boolean {
    const options = find(CERTIFICATE, inputs.text("certificateArn"))?.outputs.domainValidationOptions;
    if (!Array.isArray(options)) return false;
    return options
        .filter(isObject)
        .every(({ resourceRecordName, resourceRecordValue }) =>
            all(RECORD).some(
                ({ inputs: record }) =>
                    bare(record.name) === bare(resourceRecordName) &&
                    Array.isArray(record.records) &&
                    record.records.map(bare).includes(bare(resourceRecordValue)),
            ),
        );
}

/** A name in DNS, without the dot that may stand at its end. */
function bare(name: unknown): string {
    return String(name).toLowerCase().replace(/\.$/, "");
}

function uuid(hex: Creation["hex"]): string {
    return [8, 4, 4, 4, 12].map(hex).join("-");
}
