import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { awsContextFor } from "./aws-context";

const asked: string[] = [];
const regions: Record<string, string> = { home: "eu-west-1", abroad: "eu-central-1" };

it("is asked of each provider once, whatever the number of its components", async () => {
    await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
        call: ({ token, provider }) => {
            const name = provider?.split("::").at(-2) ?? "";
            asked.push(`${token.split(":").at(-1)} of ${name}`);
            return { accountId: "123456789012", partition: "aws", dnsSuffix: "amazonaws.com", region: regions[name] };
        },
    });
    const home = new aws.Provider("home", { region: "eu-west-1" });
    const abroad = new aws.Provider("abroad", { region: "eu-central-1" });
    const component = (name: string, options: pulumi.ComponentResourceOptions) =>
        new pulumi.ComponentResource("test:index:Component", name, {}, options);

    const parent = component("parent", { providers: [home] });
    const found = [parent, component("child", { parent }), component("abroad", { providers: [abroad] })].map(
        (each) => awsContextFor(each).region,
    );
    await expect(new Promise((resolve) => pulumi.all(found).apply(resolve))).resolves.toEqual([
        "eu-west-1",
        "eu-west-1",
        "eu-central-1",
    ]);
    const questions = ["getPartition", "getCallerIdentity", "getRegion"];
    expect(asked.sort()).toEqual(["abroad", "home"].flatMap((by) => questions.map((it) => `${it} of ${by}`)).sort());
});
