// A network that has the name in the configuration, and `network` as its old one: tests/engine/renamed.test.ts runs it.
import { Network } from "@plinth/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { networkSpec, platform } from "../../../components/testing/specs";

const name = new pulumi.Config().require("name");
const provider = new aws.Provider("aws", { region: "eu-west-1" });
new Network(
    name,
    { ...networkSpec, availabilityZones: 2, platform, dataPorts: [5432], physicalName: "network" },
    { providers: [provider], aliases: [{ name: "network" }] },
);
