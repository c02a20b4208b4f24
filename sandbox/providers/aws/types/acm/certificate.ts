import { createHash } from "node:crypto";
import { type Inputs, malformed, type ResourceType, unlisted, uuid } from "../../resource-type";
import { RECORD } from "../route53/zone";

const CERTIFICATE = "aws:acm/certificate:Certificate";

/** A domain name, with or without a wildcard. */
const DOMAIN = /^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$/;

/** The maximum number of names of a certificate. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const NAMES = 10;

const namesOf = (inputs: Inputs) => [
    ...new Set([inputs.text("domainName"), ...inputs.texts("subjectAlternativeNames")]),
];

/** The record that proves to ACM who owns a domain; a wildcard shares the record of its domain. */
function validationOf(domainName: string, accountId: string) {
    const domain = domainName.replace(/^\*\./, "");
    const token = createHash("sha256").update(`${accountId} ${domain}`).digest("hex");
    return {
        domainName,
        resourceRecordName: `_${token.slice(0, 32)}.${domain}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${token.slice(32)}.acm-validations.aws.`,
    };
}

export const certificates: Record<string, ResourceType> = {
    [CERTIFICATE]: {
        id: ({ region, accountId, hex, partition }) =>
            `arn:${partition}:acm:${region}:${accountId}:certificate/${uuid(hex)}`,
        outputs: ({ id, accountId, inputs }) => ({
            arn: id,
            domainValidationOptions: namesOf(inputs).map((name) => validationOf(name, accountId)),
            keyAlgorithm: "RSA_2048",
            subjectAlternativeNames: namesOf(inputs),
            validationMethod: "DNS",
            notAfter: "",
            notBefore: "",
            pendingRenewal: false,
            renewalEligibility: "INELIGIBLE",
            renewalSummaries: [],
            status: "PENDING_VALIDATION",
            type: "AMAZON_ISSUED",
            validationEmails: [],
        }),
        rejects: [
            malformed("domainName", DOMAIN, "it is a domain name, or *. and one", "ValidationException"),
            malformed("domainName", /^.{0,64}$/, "the first name has at most 64 characters", "ValidationException"),
            {
                code: "ValidationException",
                at: "subjectAlternativeNames",
                when: (inputs) => inputs.texts("subjectAlternativeNames").some((name) => !DOMAIN.test(name)),
                say: () => "each one is a domain name, or *. and one",
            },
            {
                code: "LimitExceededException",
                at: "subjectAlternativeNames",
                when: (inputs) => namesOf(inputs).length > NAMES,
                say: () => `a certificate has at most ${NAMES} names`,
            },
            unlisted("validationMethod", ["DNS", "EMAIL", "NONE"], "ValidationException"),
            unlisted("keyAlgorithm", ["RSA_2048", "EC_prime256v1", "EC_secp384r1"], "ValidationException"),
        ],
        notFound: "ResourceNotFoundException",
        inUse: "ResourceInUseException",
    },
    "aws:acm/certificateValidation:CertificateValidation": {
        id: () => new Date().toISOString(),
        // Its deletion deletes nothing in AWS, so it blocks no other deletion.
        refersTo: { certificateArn: { type: CERTIFICATE, weak: true } },
        conflicts: [
            {
                code: "PENDING_VALIDATION",
                at: "validationRecordFqdns",
                when: ({ inputs, all }) =>
                    missing(
                        inputs,
                        all(RECORD).map(({ outputs }) => String(outputs.fqdn)),
                    ).length > 0,
                say: ({ inputs, all }) =>
                    `missing DNS validation record: ${missing(
                        inputs,
                        all(RECORD).map(({ outputs }) => String(outputs.fqdn)),
                    )}`,
            },
        ],
    },
};

function missing(inputs: Inputs, records: string[]): string[] {
    const bare = (name: string) => name.replace(/\.$/, "");
    return inputs.texts("validationRecordFqdns").filter((name) => !records.some((other) => bare(other) === bare(name)));
}
