import { expect, it } from "vitest";
import { byComponent, summaryOf } from "./summary";

const urn = (types: string, name: string) => `urn:pulumi:dev::shop::${types}::${name}`;
const table = { urn: urn("aws:dynamodb/table:Table", "carts") };
const vpc = { urn: urn("plinth:network:Network$aws:ec2/vpc:Vpc", "network-vpc") };
const flowLog = { urn: urn("plinth:network:Network$plinth:network:FlowLogs$aws:ec2/flowLog:FlowLog", "flow-log") };
const queue = { urn: urn("plinth:queue:Queue$aws:sqs/queue:Queue", "orders-queue") };
/** What was in the account before. */
const zone = {};

it("groups resources by the outermost component, and those of none last", () => {
    expect(byComponent([table, queue, vpc, flowLog, zone])).toEqual([
        ["plinth:network:Network", [vpc, flowLog]],
        ["plinth:queue:Queue", [queue]],
        ["part of no component", [table, zone]],
    ]);
});

it("sums up what came up, with the commands that come next", () => {
    const summary = summaryOf("npx plinth-sandbox", "dev", [vpc, flowLog, queue]);
    expect(summary).toContain(
        "dev is up in the emulated account, with 3 resources: plinth:network:Network 2, plinth:queue:Queue 1.",
    );
    for (const command of ["account", "preview", "serve", "destroy"])
        expect(summary).toContain(`npx plinth-sandbox ${command} dev `);
});
