import type { Field, Problem } from "../field";
import { environmentProblems } from "./environment";
import { labelProblem63, labelsProblems, portNameProblems, portProblems, subdomainProblems, uniqueNames } from "./name";
import { resourceNameProblems, resourcesProblems } from "./resource";

/** The registry, the path, the tag and the digest of an image. */
const IMAGE =
    /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[a-z0-9]+:[a-f0-9]{32,})?$/;

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

export function containersOf(spec: Field): Field[] {
    return [...spec.at("initContainers").items(), ...spec.at("containers").items()];
}

/**
 * The rules for a pod or a pod template beyond its schema.
 *
 * @param claims - the volume claims of a StatefulSet, which its pods can mount too
 */
export function* podProblems(pod: Field, claims: Field[] = []): Generator<Problem> {
    const spec = pod.at("spec");
    yield* labelsProblems(pod.at("metadata", "labels"));
    if (!spec.present || spec.unknown) return;
    const list = spec.at("containers");
    if (!list.present || (!list.unknown && list.items().length === 0)) yield list.required();
    if (spec.at("serviceAccountName").text() !== "") yield* subdomainProblems(spec.at("serviceAccountName"));
    yield* uniqueNames(containersOf(spec));
    const volumes = spec.at("volumes");
    yield* uniqueNames(volumes.items());
    for (const volume of volumes.items()) yield* volumeProblems(volume);
    for (const container of containersOf(spec)) {
        yield* containerProblems(container);
        yield* mountProblems(container, volumes, claims);
    }
    for (const port of spec
        .at("containers")
        .items()
        .flatMap((container) => container.at("ports").items())) {
        if (
            spec.at("hostNetwork").flag() &&
            port.at("hostPort").present &&
            port.at("hostPort").number() !== port.at("containerPort").number()
        )
            yield port.at("hostPort").invalid("must match `containerPort` when `hostNetwork` is true");
    }
    yield* spreadProblems(spec);
    const grace = spec.at("terminationGracePeriodSeconds");
    if ((grace.number() ?? 0) < 0) yield grace.invalid("must be greater than or equal to 0");
}

function* containerProblems(container: Field): Generator<Problem> {
    yield* labelProblem63(container.at("name"));
    const image = container.at("image");
    const text = image.text();
    if (!image.present || text === "") yield image.required();
    else if (text !== undefined && text !== text.trim())
        yield image.invalid("must not have leading or trailing whitespace");
    // The API server accepts any text; the kubelet then reports InvalidImageName, and the rollout never ends.
    else if (text !== undefined && !IMAGE.test(text))
        yield image.invalid("couldn't parse image reference: InvalidImageName");
    yield* environmentProblems(container);
    yield* resourcesProblems(container.at("resources"));
    yield* resourceNameProblems(container.at("resources"));
    yield* containerPortsProblems(container.at("ports"));
    for (const probe of PROBES) yield* probeProblems(container.at(probe), container.at("ports"), probe);
    const context = container.at("securityContext");
    if (context.at("privileged").flag() && context.at("allowPrivilegeEscalation").flag() === false)
        yield context.invalid("cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    for (const [event, hook] of container.at("lifecycle").entries())
        if (event !== "stopSignal") yield* handlerProblems(hook);
}

function* containerPortsProblems(ports: Field): Generator<Problem> {
    const names = new Set<string>();
    const numbers = new Set<string>();
    for (const port of ports.items()) {
        yield* portProblems(port.at("containerPort"));
        yield* portNameProblems(port.at("name"));
        const name = port.at("name").text();
        if (name !== undefined && names.has(name)) yield port.at("name").duplicate();
        names.add(name ?? "");
        const number = port.at("containerPort").number();
        const key = `${number}/${port.at("protocol").text() ?? "TCP"}`;
        // Kubernetes only warns, but two servers cannot listen on the same port.
        if (number !== undefined && numbers.has(key)) yield port.at("containerPort").duplicate();
        numbers.add(key);
    }
}

function* probeProblems(probe: Field, ports: Field, kind: string): Generator<Problem> {
    if (!probe.present || probe.unknown) return;
    yield* handlerProblems(probe);
    for (const field of [
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold",
    ]) {
        const number = probe.at(field).number();
        if (number !== undefined && number < 0) yield probe.at(field).invalid("must be greater than or equal to 0");
    }
    if (kind !== "readinessProbe" && ![undefined, 0, 1].includes(probe.at("successThreshold").number()))
        yield probe.at("successThreshold").invalid("must be 1");
    for (const handler of ["httpGet", "tcpSocket"]) {
        const port = probe.at(handler, "port");
        const name = port.text();
        if (name === undefined || ports.unknown) continue;
        const known = ports.items().map((one) => one.at("name"));
        if (known.some((one) => one.unknown)) continue;
        if (!known.some((one) => one.text() === name)) yield port.invalid("no port of the container has this name");
    }
}

function* handlerProblems(handler: Field): Generator<Problem> {
    if (!handler.present || handler.unknown) return;
    const given = HANDLERS.filter((name) => handler.at(name).present);
    if (given.length === 0) yield handler.required("must specify a handler type");
    for (const extra of given.slice(1)) yield handler.at(extra).forbidden("may not specify more than 1 handler type");
    for (const name of ["httpGet", "tcpSocket", "grpc"]) yield* portProblems(handler.at(name, "port"));
}

function* volumeProblems(volume: Field): Generator<Problem> {
    yield* labelProblem63(volume.at("name"));
    if (volume.unknown) return;
    // Without a source, it is an emptyDir.
    const sources = volume.entries().filter(([name]) => name !== "name");
    for (const [, extra] of sources.slice(1)) yield extra.forbidden("may not specify more than 1 volume type");
}

function* mountProblems(container: Field, volumes: Field, claims: Field[]): Generator<Problem> {
    const known = [
        ...volumes.items().map((volume) => volume.at("name")),
        ...claims.map((claim) => claim.at("metadata", "name")),
    ];
    const open = volumes.unknown || known.some((name) => name.unknown);
    const paths = new Set<string>();
    for (const mount of container.at("volumeMounts").items()) {
        const name = mount.at("name");
        if (!open && name.text() !== undefined && !known.some((one) => one.text() === name.text()))
            yield name.notFound();
        const path = mount.at("mountPath").text();
        if (path === undefined) continue;
        if (paths.has(path))
            yield {
                path: mount.at("mountPath").path,
                reason: `Invalid value: ${JSON.stringify(path)}: must be unique`,
            };
        if (path.includes(":")) yield mount.at("mountPath").invalid("must not contain ':'");
        paths.add(path);
    }
}

function* spreadProblems(spec: Field): Generator<Problem> {
    for (const constraint of spec.at("topologySpreadConstraints").items()) {
        const skew = constraint.at("maxSkew");
        if (skew.number() !== undefined && (skew.number() ?? 0) <= 0) yield skew.invalid("must be greater than zero");
        const when = constraint.at("whenUnsatisfiable");
        const actions = ["DoNotSchedule", "ScheduleAnyway"];
        if (when.text() !== undefined && !actions.includes(when.text() ?? "")) yield when.unsupported(actions);
    }
}
