import { hardwareOf } from "@plinth/facts";

interface InstanceType {
    /** Its letters: `m`, `t`, `inf`. */
    series: string;
    generation: number;
    /** The letters after the generation: `gd` of m7gd. */
    traits: string;
}

/** The parts of `m7gd.large`. */
export const instanceTypeForm =
    /^(?<series>[a-z]+)(?<generation>\d+)(?<traits>[a-z]*(-[a-z0-9]+)*)\.([a-z0-9]+(-[a-z0-9]+)*)$/;

function parse(type: string): InstanceType | undefined {
    const { series, generation, traits } = instanceTypeForm.exec(type)?.groups ?? {};
    return series === undefined ? undefined : { series, generation: Number(generation), traits: traits ?? "" };
}

/** The processors that an instance type has. Of a type that is not known yet, the `g` behind the generation says that they are Arm. */
export function architecture(type: string): "x86_64" | "arm64" {
    const known = hardwareOf(type);
    if (known) return known.architecture;
    const { traits } = parse(type) ?? { traits: "" };
    return traits.startsWith("g") ? "arm64" : "x86_64";
}

/**
 * Whether an instance can carry network interfaces of pods, and so pods with a security group of their own: those on Nitro,
 * but for the burstable ones.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
 */
export function carriesPodInterfaces(type: string): boolean {
    const parsed = parse(type);
    return parsed !== undefined && parsed.series !== "t" && parsed.generation >= 5;
}

/** The image of a node group: Amazon Linux 2023 for its instances' processors. */
export function amiType(types: readonly string[]): string {
    return types.some((type) => architecture(type) === "arm64") ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
}
