import { createHash } from "node:crypto";
import { partitionOf } from "@plinth/facts";
import type { Value } from "../../../rpc/values";
import type { Member } from "./sdk";

/** What a value is made up for. */
export interface Subject {
    /** The service as ARNs name it, such as `s3`. */
    service: string;
    region: string;
    accountId: string;
    /** What tells it from others of its type: the same one has the same values at every update. */
    identity: string;
}

/** A value of the declared kind in the place of one that AWS would choose. It has the form of an ARN, a URL or a host where the name says so. */
export function madeUp({ name, kind }: Member, subject: Subject): Value {
    switch (kind) {
        case "list":
            return [];
        case "object":
            return {};
        case "number":
            return 0;
        case "flag":
            return false;
        case "text":
            return textFor(name, subject);
    }
}

function textFor(name: string, { service, region, accountId, identity }: Subject): string {
    const digest = createHash("sha256").update(`${identity} ${name}`).digest("hex");
    const label = identity.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-");
    if (/arn$/i.test(name))
        return `arn:${partitionOf(region).name}:${service}:${region}:${accountId}:${label}${suffixOf(name)}`;
    if (/(url|uri)$/i.test(name)) return `https://${label}.${service}.${region}.example.internal`;
    if (/(endpoint|domain|domainName|dnsName|host|hostname|address|fqdn)$/i.test(name))
        return `${label}.${service}.${region}.example.internal`;
    if (/(accountId|ownerId|^owner|registryId)$/i.test(name)) return accountId;
    if (/^region$/i.test(name)) return region;
    if (/(id|version)$/i.test(name)) return digest.slice(0, 17);
    return `${label}-${digest.slice(0, 8)}`;
}

/** Tells the ARNs of one resource apart: `invokeArn` from `arn`. */
function suffixOf(name: string): string {
    return /^arn$/i.test(name) ? "" : `/${name}`;
}
