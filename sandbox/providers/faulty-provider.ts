import { concerns, type Fault, type FaultKind, type Operation, takeFault } from "../account/fault-plan";
import { readInjectedFaults } from "../account/injected-faults";
import type { Properties } from "../rpc/values";
import { capacityCode, quotaCode, throttlingCode } from "./aws/fault-code";
import { referencesOf } from "./aws/reference";
import type { ProviderEnvironment } from "./environment";
import {
    ApiError,
    type Created,
    InitError,
    type Provider,
    Refusal,
    type Resource,
    type Stored,
    urnOf,
} from "./provider";

/** Why an operation failed that was done. */
const reasons: Partial<Record<FaultKind, string>> = {
    timeout: "timeout while waiting for it to be ready",
    failedCreate: "unexpected state 'failed', wanted target 'available'",
};

/** A provider to whose operations happens what `Sandbox.<stack>.yaml` plans. A preview asks AWS for nothing, so nothing happens to it. */
export function withFaults<P extends Provider>(provider: P, { accounts }: ProviderEnvironment): P {
    const during = async <Result>(
        operation: Operation,
        resource: Resource,
        inputs: Properties,
        act: () => Result | Promise<Result>,
        fail: (result: Result, message: string, reasons: string[]) => Refusal,
    ): Promise<Result> => {
        const fault = faultFor(accounts, resource, operation);
        if (!fault) return act();
        if (fault.fault === "slow") await new Promise((resolve) => setTimeout(resolve, fault.seconds * 1000));
        const refusal = refusalOf(fault.fault, operation, resource, inputs);
        if (refusal) throw refusal;
        const result = await act();
        if (fault.fault === "crash") process.kill(process.pid, "SIGKILL");
        const reason = reasons[fault.fault];
        if (reason !== undefined) throw fail(result, `${operation} of ${resource.name}: ${reason}`, [reason]);
        return result;
    };
    const refused = (_: unknown, message: string) => new Refusal(message);
    const operations: Pick<Provider, "create" | "read" | "update" | "delete"> = {
        create: (resource, inputs, preview) =>
            preview
                ? provider.create(resource, inputs, true)
                : during(
                      "create",
                      resource,
                      inputs,
                      () => provider.create(resource, inputs, false),
                      ({ id, outputs }: Created, message, reasons) => {
                          return new InitError(message, { id, inputs, outputs }, reasons);
                      },
                  ),
        read: (resource, id, known) =>
            during<Stored | undefined>("read", resource, {}, () => provider.read(resource, id, known), refused),
        update: (resource, old, inputs, preview) =>
            preview
                ? provider.update(resource, old, inputs, true)
                : during<Properties>(
                      "update",
                      resource,
                      inputs,
                      () => provider.update(resource, old, inputs, false),
                      refused,
                  ),
        delete: (resource, old) => during<void>("delete", resource, {}, () => provider.delete(resource, old), refused),
    };
    return new Proxy(provider, {
        get: (target, key) => {
            if (key in operations) return operations[key as keyof typeof operations];
            const value: unknown = Reflect.get(target, key);
            return typeof value === "function" ? value.bind(target) : value;
        },
    });
}

/** The first planned fault that still happens to this operation. */
function faultFor(accounts: string, resource: Resource, operation: Operation): Fault | undefined {
    const { plan = [] } = readInjectedFaults(accounts, resource.stack);
    return plan.find(
        (fault) => concerns(fault, operation, urnOf(resource)) && takeFault(accounts, resource.stack, fault),
    );
}

/** AWS's answer where it does nothing; undefined for a fault that happens once the operation is done. */
function refusalOf(kind: FaultKind, operation: Operation, resource: Resource, inputs: Properties): Refusal | undefined {
    const what = `${operation} of ${resource.name}`;
    switch (kind) {
        case "throttling":
            return new ApiError(throttlingCode(resource.type), `${what}: Rate exceeded`);
        case "insufficientCapacity":
            return new ApiError(
                capacityCode(resource.type),
                `${what}: there is not enough capacity in the requested zone`,
            );
        case "quotaExceeded":
            return new ApiError(quotaCode(resource.type), `${what}: the quota of the account is reached`);
        case "notVisibleYet": {
            const [reference] = referencesOf(resource.type, inputs);
            if (!reference) return undefined;
            const { property, handle, notFound } = reference;
            return new ApiError(
                notFound,
                `${what}: ${property} refers to ${handle}, which is not visible everywhere yet`,
            );
        }
        default:
            return undefined;
    }
}
