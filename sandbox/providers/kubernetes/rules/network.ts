import { isIP } from "node:net";
import type { Field, Problem } from "../field";
import {
    labelProblem63,
    labelsProblems,
    portNameProblems,
    portProblems,
    selectorProblems,
    serviceNameProblems,
    subdomainProblems,
} from "./name";

export function* serviceProblems(spec: Field): Generator<Problem> {
    const type = spec.at("type").word() ?? "ClusterIP";
    const headless = spec.at("clusterIP").text() === "None";
    const ports = spec.at("ports");
    yield* labelsProblems(spec.at("selector"));
    if (type === "ExternalName") {
        if (!spec.at("externalName").present) yield spec.at("externalName").required();
    } else if (!headless && spec.present && !spec.unknown && !ports.unknown && ports.items().length === 0)
        yield ports.required();
    if (headless && (type === "LoadBalancer" || type === "NodePort"))
        yield spec.at("clusterIP").invalid(`may not be set to 'None' for ${type} services`);
    const names = new Set<string>();
    const numbers = new Set<string>();
    for (const port of ports.items()) {
        const name = port.at("name");
        if (name.text() !== "") yield* labelProblem63(name);
        if ((!name.present || name.text() === "") && ports.items().length > 1) yield name.required();
        if (name.word() !== undefined && names.has(name.text() ?? "")) yield name.duplicate();
        names.add(name.text() ?? "");
        yield* portProblems(port.at("port"));
        // 0 and empty text are the port itself.
        if (port.at("targetPort").number() !== 0) yield* portProblems(port.at("targetPort"));
        if (port.at("targetPort").text() !== "") yield* portNameProblems(port.at("targetPort"));
        const key = `${port.at("port").number()}/${port.at("protocol").text() ?? "TCP"}`;
        if (port.at("port").number() !== undefined && numbers.has(key)) yield port.at("port").duplicate();
        numbers.add(key);
        const node = port.at("nodePort").number() || undefined; // 0 is "not given"
        if (node !== undefined && type === "ClusterIP")
            yield port.at("nodePort").forbidden("may not be used when `type` is 'ClusterIP'");
        if (node !== undefined && (node < 30000 || node > 32767))
            yield port
                .at("nodePort")
                .invalid("provided port is not in the valid range. The range of valid ports is 30000-32767");
    }
    for (const range of spec.at("loadBalancerSourceRanges").items())
        if (range.text() === undefined || !isCidr(range.text()?.trim() ?? "")) yield* cidrProblems(range);
    yield* typeProblems(spec, type);
}

/** What only some types of Services can have, and on what. */
const ONLY: [field: string, types: string[], message: string][] = [
    ["loadBalancerClass", ["LoadBalancer"], "may only be used when `type` is 'LoadBalancer'"],
    ["loadBalancerSourceRanges", ["LoadBalancer"], "may only be used when `type` is 'LoadBalancer'"],
    ["allocateLoadBalancerNodePorts", ["LoadBalancer"], "may only be used when `type` is 'LoadBalancer'"],
    ["externalTrafficPolicy", ["LoadBalancer", "NodePort"], "may only be set for externally-accessible services"],
    ["clusterIP", ["ClusterIP", "NodePort", "LoadBalancer"], "may not be set when `type` is 'ExternalName'"],
];

function* typeProblems(spec: Field, type: string): Generator<Problem> {
    if (spec.at("type").unknown) return;
    for (const [name, types, message] of ONLY) {
        const field = spec.at(name);
        if (!field.present || field.unknown || field.text() === "" || types.includes(type)) continue;
        if (Array.isArray(field.plain()) && field.items().length === 0) continue;
        // A Service with addresses of its own outside is accessible from there too.
        if (name === "externalTrafficPolicy" && spec.at("externalIPs").present) continue;
        yield field.forbidden(message);
    }
}

const PATH_TYPES = ["Exact", "Prefix", "ImplementationSpecific"];

export function* ingressProblems(spec: Field): Generator<Problem> {
    const rules = spec.at("rules");
    const noRules = !rules.present || (!rules.unknown && rules.items().length === 0);
    if (!spec.unknown && noRules && !spec.at("defaultBackend").present)
        yield spec.invalid("either `defaultBackend` or `rules` must be specified");
    yield* backendProblems(spec.at("defaultBackend"));
    for (const rule of spec.at("rules").items()) {
        const host = rule.at("host").text();
        if (host !== undefined && isIP(host) !== 0)
            yield rule.at("host").invalid("must be a DNS name, not an IP address");
        else if (
            host !== undefined &&
            !/^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host)
        )
            yield* host.startsWith("*.")
                ? [
                      rule
                          .at("host")
                          .invalid(
                              "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain",
                          ),
                  ]
                : subdomainProblems(rule.at("host"));
        const paths = rule.at("http", "paths");
        if (rule.at("http").present && !rule.at("http").unknown && !paths.unknown && paths.items().length === 0)
            yield paths.required();
        for (const path of paths.items()) {
            const type = path.at("pathType");
            if (!type.present) yield type.required("pathType must be specified");
            else if (type.text() !== undefined && !PATH_TYPES.includes(type.text() ?? ""))
                yield type.unsupported(PATH_TYPES);
            const text = path.at("path").text();
            const needed = type.text() === "Exact" || type.text() === "Prefix";
            if (needed && (text === undefined ? !path.at("path").present : !text.startsWith("/")))
                yield path.at("path").invalid("must be an absolute path");
            else if (needed) yield* pathProblems(path.at("path"));
            else if (text && !text.startsWith("/")) yield path.at("path").invalid("must be an absolute path");
            yield* backendProblems(path.at("backend"));
        }
    }
}

const PATH_PARTS = ["//", "/./", "/../", "%2f", "%2F"];

function* pathProblems(path: Field): Generator<Problem> {
    const text = path.text() ?? "";
    for (const part of PATH_PARTS) if (text.includes(part)) yield path.invalid(`must not contain '${part}'`);
    for (const end of ["/..", "/."]) if (text.endsWith(end)) yield path.invalid(`cannot end with '${end}'`);
}

function* backendProblems(backend: Field): Generator<Problem> {
    if (!backend.present || backend.unknown) return;
    const service = backend.at("service");
    if (!service.present && !backend.at("resource").present)
        yield backend.required("must specify a service or a resource");
    if (service.present && backend.at("resource").present)
        yield backend.invalid("cannot set both resource and service backends");
    if (!service.present || service.unknown) return;
    if (!service.at("name").present || service.at("name").text() === "") yield service.at("name").required();
    else yield* serviceNameProblems(service.at("name"));
    if (service.at("port").unknown) return;
    const { name, number } = { name: service.at("port", "name"), number: service.at("port", "number") };
    if (!name.present && !number.present) yield service.at("port").required("port name or number is required");
    if (name.present && number.present) yield service.at("port").invalid("cannot set both port name & port number");
    yield* portProblems(number);
}

export function* networkPolicyProblems(spec: Field): Generator<Problem> {
    yield* selectorProblems(spec.at("podSelector"));
    const types = ["Ingress", "Egress"];
    for (const type of spec.at("policyTypes").items())
        if (type.text() !== undefined && !types.includes(type.text() ?? "")) yield type.unsupported(types);
    const rules = [
        ...spec
            .at("ingress")
            .items()
            .map((rule): [Field, string] => [rule, "from"]),
        ...spec
            .at("egress")
            .items()
            .map((rule): [Field, string] => [rule, "to"]),
    ];
    for (const [rule, side] of rules) {
        for (const port of rule.at("ports").items()) yield* policyPortProblems(port);
        for (const peer of rule.at(side).items()) yield* peerProblems(peer);
    }
}

function* policyPortProblems(port: Field): Generator<Problem> {
    yield* portProblems(port.at("port"));
    const end = port.at("endPort").number();
    if (end === undefined) return;
    const start = port.at("port");
    if (start.text() !== undefined) yield port.at("endPort").invalid("may not be specified when `port` is non-numeric");
    else if (!start.present) yield port.at("endPort").invalid("may not be specified when `port` is not specified");
    else if (end < (start.number() ?? 0)) yield port.at("endPort").invalid("must be greater than or equal to `port`");
}

function* peerProblems(peer: Field): Generator<Problem> {
    if (peer.unknown) return;
    const block = peer.at("ipBlock");
    const selectors = ["podSelector", "namespaceSelector"].filter((name) => peer.at(name).present);
    if (!block.present && selectors.length === 0) yield peer.required("must specify a peer");
    if (block.present && selectors.length > 0) yield peer.forbidden("may not specify both ipBlock and another peer");
    for (const name of selectors) yield* selectorProblems(peer.at(name));
    yield* cidrProblems(block.at("cidr"));
    for (const except of block.at("except").items()) {
        yield* cidrProblems(except);
        const [outer, inner] = [range(block.at("cidr").text()), range(except.text())];
        if (outer && inner && !(inner.bits > outer.bits && inner.start >= outer.start && inner.end <= outer.end))
            yield except.invalid("must be a strict subset of `cidr`");
    }
}

export function* cidrProblems(field: Field): Generator<Problem> {
    const text = field.text();
    if (text !== undefined && !isCidr(text))
        yield field.invalid("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
}

function isCidr(text: string): boolean {
    const [address = "", bits = ""] = text.split("/");
    const version = isIP(address);
    return version !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

/** The addresses of an IPv4 range. */
function range(text: string | undefined): { start: number; end: number; bits: number } | undefined {
    const [address = "", length = ""] = (text ?? "").split("/");
    if (isIP(address) !== 4 || !/^\d+$/.test(length) || Number(length) > 32) return undefined;
    const bits = Number(length);
    const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    const size = 2 ** (32 - bits);
    const start = Math.floor(number / size) * size;
    return { start, end: start + size - 1, bits };
}
