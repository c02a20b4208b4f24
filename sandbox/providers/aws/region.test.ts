import { expect, it } from "vitest";
import { emptyAccounts, providerInAccount } from "./testing";

it("replaces what is in a region when the provider's is another, and nothing that is global", () => {
    const accounts = emptyAccounts();
    const [here, there] = [providerInAccount(accounts), providerInAccount(accounts, "us-east-1")];
    const queue = { type: "aws:sqs/queue:Queue", name: "orders", stack: "dev" };
    const role = { type: "aws:iam/role:Role", name: "worker", stack: "dev" };
    const [queueInputs, roleInputs] = [{ name: "orders" }, { name: "worker", assumeRolePolicy: "{}" }];
    const inQueue = { ...here.create(queue, queueInputs, false), inputs: queueInputs };
    const inRole = { ...here.create(role, roleInputs, false), inputs: roleInputs };

    expect(here.diff(queue, inQueue, queueInputs).replaces).toEqual([]);
    const moved = there.diff(queue, inQueue, queueInputs);
    expect(moved.replaces).toEqual(["region"]);
    expect(moved.changes).toEqual([{ path: ["region"], kind: "change" }]);
    expect(there.diff(role, inRole, roleInputs).replaces).toEqual([]);

    // One that names its own region stays there.
    const pinned = { name: "copies", region: "eu-central-1" };
    const inPinned = { ...here.create({ ...queue, name: "copies" }, pinned, false), inputs: pinned };
    expect(there.diff({ ...queue, name: "copies" }, inPinned, pinned).replaces).toEqual([]);
});
