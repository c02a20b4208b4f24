import { type Inputs, type Rejection, unlisted } from "../../resource-type";

/** The size in GiB from which RDS stripes gp3 over several volumes. The size of a read replica is its source's and is not checked. */
const STRIPED = 400;

/** The smallest and the largest storage in GiB and the allowed IOPS, by storage type. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
export const storageRejections: Rejection<Inputs>[] = [
    unlisted("storageType", ["gp2", "gp3", "io1", "io2", "standard"]),
    {
        code: "InvalidParameterValue",
        at: "allocatedStorage",
        when: (inputs) => {
            const size = inputs.number("allocatedStorage");
            if (size === undefined) return false;
            const least = inputs.text("storageType").startsWith("io") ? 100 : 20;
            return size < least || size > 65_536;
        },
        say: (inputs) =>
            `Invalid storage size for engine name ${inputs.text("engine")} and storage type ${inputs.text("storageType")}: ${inputs.text("allocatedStorage")}`,
    },
    {
        code: "InvalidParameterCombination",
        at: "iops",
        when: (inputs) =>
            inputs.text("storageType").startsWith("io") && !inputs.has("iops") && !inputs.has("replicateSourceDb"),
        say: () => "You must specify an IOPS value for storage type io1 or io2.",
    },
    {
        code: "InvalidParameterCombination",
        at: "iops",
        when: (inputs) => {
            const iops = inputs.number("iops");
            const size = inputs.number("allocatedStorage");
            return (
                inputs.text("storageType") === "io1" &&
                iops !== undefined &&
                size !== undefined &&
                (iops < size * 0.5 || iops > size * 50)
            );
        },
        say: (inputs) =>
            `The IOPS to GiB ratio must be between 0.5 and 50: ${inputs.text("iops")} on ${inputs.text("allocatedStorage")} GiB`,
    },
    {
        code: "InvalidParameterCombination",
        at: "iops",
        when: (inputs) =>
            inputs.text("storageType") === "gp3" &&
            inputs.has("iops") &&
            (inputs.number("allocatedStorage") ?? STRIPED) < STRIPED,
        say: (inputs) =>
            `You can't specify IOPS or storage throughput for engine ${inputs.text("engine")} and a storage size less than 400.`,
    },
    {
        code: "InvalidParameterCombination",
        at: "iops",
        when: (inputs) =>
            inputs.text("storageType") === "gp3" &&
            (inputs.number("iops") ?? 12_000) < 12_000 &&
            (inputs.number("allocatedStorage") ?? STRIPED) >= STRIPED,
        say: (inputs) =>
            `Invalid IOPS value ${inputs.text("iops")} for storage type gp3: the minimum is 12000 from 400 GiB on`,
    },
    {
        code: "InvalidParameterCombination",
        at: "maxAllocatedStorage",
        when: (inputs) => {
            const most = inputs.number("maxAllocatedStorage");
            return most !== undefined && most !== 0 && most <= (inputs.number("allocatedStorage") ?? 0);
        },
        say: () => "Max storage size must be greater than storage size",
    },
];
