import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOps } from "./testing/command";

const folder = mkdtempSync(path.join(tmpdir(), "plinth-environment-"));
const file = path.join(folder, ".env");
beforeAll(() => {
    const outputs = path.join(folder, "outputs.json");
    writeFileSync(outputs, JSON.stringify({ region: "eu-west-1", queues: {} }));
    writeFileSync(file, `PLINTH_STACK='dev'\nPLINTH_OUTPUTS='${outputs}'\nPLINTH_AUTHORITIES='/no/such/file'\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file with the environment of a stack", () => {
    it("says where the stack's outputs are, over what the environment says", async () => {
        const environment = { PLINTH_OUTPUTS: "/no/such/file" };
        const { code, stderr } = await runOps(folder, environment, ["--environment", file, "dev", "queue", "depth"]);
        expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("have no queues") });
    });

    it("comes second to an option, and takes -C beside it", async () => {
        const args = ["-C", folder, "--environment", ".env", "dev", "queue", "depth", "--outputs", "other.json"];
        expect((await runOps(tmpdir(), {}, args)).stderr).toContain("there is no file other.json");
    });

    it("is of its stack alone: another one is refused", async () => {
        const { code, stderr } = await runOps(folder, {}, ["--environment", file, "prod", "queue", "depth"]);
        expect({ code, stderr }).toEqual({
            code: 3,
            stderr: "error: the environment is that of the stack dev (PLINTH_STACK), not of prod; give dev\n",
        });
    });

    it("is named where there is none", async () => {
        const { code, stderr } = await runOps(folder, {}, ["--environment", "none.env", "dev", "queue", "depth"]);
        expect({ code, stderr }).toEqual({ code: 1, stderr: "error: --environment: there is no file none.env\n" });
    });

    it("leaves nothing of what the environment says of AWS, where it says how to reach AWS", async () => {
        const aws = path.join(folder, "aws.env");
        const outputs = path.join(folder, "with-queue.json");
        const queue = { queueUrl: "http://x/1/orders", queueArn: "arn:orders", deadLetterQueueUrl: "http://x/1/d" };
        const queues = { orders: { ...queue, deadLetterQueueArn: "arn:d" } };
        writeFileSync(outputs, JSON.stringify({ region: "eu-west-1", queues }));
        writeFileSync(
            aws,
            `PLINTH_OUTPUTS=${outputs}\nAWS_ENDPOINT_URL=http://127.0.0.1:9\nAWS_EC2_METADATA_DISABLED=true\n`,
        );
        const mine = { AWS_ACCESS_KEY_ID: "mine", AWS_SECRET_ACCESS_KEY: "mine", HOME: folder };
        const { code, stderr } = await runOps(folder, mine, ["--environment", aws, "dev", "queue", "depth"]);
        expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("CredentialsProviderError") });
    });
});
