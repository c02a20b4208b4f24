import { type Fault, type FaultKind, faultKinds, type Operation, operationsOf } from "../account/fault-plan";
import { isRecord } from "../account/is-record";
import { SandboxError } from "../account/sandbox-error";

const KEYS = ["fault", "urn", "operations", "times", "seconds"];

/** The faults that `Sandbox.<stack>.yaml` plans. All that is wrong with them is one error. */
export function faultPlanIn(file: string, given: unknown): Fault[] {
    if (!Array.isArray(given)) throw new SandboxError(`${file}: faults must be a list`);
    const problems = given.flatMap((item: unknown, index) =>
        problemsOf(item).map((problem) => `${file}: faults[${index}]${problem}`),
    );
    if (problems.length > 0) throw new SandboxError(problems.join("\n"));
    return given.map(faultOf);
}

function faultOf(item: Record<string, unknown>): Fault {
    const fault = item.fault as FaultKind;
    return {
        ...{ fault, urn: item.urn as string, operations: (item.operations ?? operationsOf[fault]) as Operation[] },
        ...{ times: (item.times ?? 1) as number, seconds: (item.seconds ?? 10) as number },
    };
}

function problemsOf(item: unknown): string[] {
    if (!isRecord(item)) return [" must be a mapping with fault and urn"];
    const kind = faultKinds.find((one) => one === item.fault);
    const { urn, operations, times, seconds } = item;
    const isCount = (value: unknown, most: number) =>
        Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
    const allowed = kind ? operationsOf[kind] : [];
    const areOperations =
        Array.isArray(operations) && operations.length > 0 && operations.every((one) => allowed.includes(one));
    return [
        ...Object.keys(item).flatMap((key) =>
            KEYS.includes(key) ? [] : [`.${key} is unknown: allowed are ${KEYS.join(", ")}`],
        ),
        ...(kind ? [] : [`.fault is ${JSON.stringify(item.fault)}: it must be one of ${faultKinds.join(", ")}`]),
        ...(typeof urn === "string" && urn !== "" ? [] : [".urn must be a URN, * for any characters"]),
        ...(operations === undefined || !kind || areOperations
            ? []
            : [`.operations: ${kind} happens to ${allowed.join(", ")} only`]),
        ...(times === undefined || isCount(times, 1000) ? [] : [".times must be a whole number from 1 to 1000"]),
        ...(seconds === undefined || isCount(seconds, 3600) ? [] : [".seconds must be a whole number from 1 to 3600"]),
        ...(seconds === undefined || kind === "slow" ? [] : [".seconds is for slow only"]),
    ];
}
