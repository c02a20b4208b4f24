import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../rpc/values";
import type { Properties, Resource } from "../provider";
import { placeOf } from "./place";
import { Inputs } from "./resource-type";
import { emptyAccounts, providerInAccount } from "./testing";
import { resourceTypes } from "./types";
import { uniquenessOf } from "./unique-name";

const QUEUE = "aws:sqs/queue:Queue";
const INSTANCE = "aws:rds/instance:Instance";

function resource(type: string, name: string, parent = ""): Resource {
    return { type, name, stack: "dev", urn: `urn:pulumi:dev::plinth::${parent}${type}::${name}` };
}

const queue = (name: string, parent?: string) => resource(QUEUE, name, parent);

/** An account with a provider, as one command of the engine uses it. */
function account(accounts = emptyAccounts()) {
    const provider = providerInAccount(accounts);
    return {
        accounts,
        provider,
        preview: (one: Resource, inputs: Properties) => () => provider.create(one, inputs, true),
        make: (one: Resource, inputs: Properties) => ({ ...provider.create(one, inputs, false), inputs }),
    };
}

describe("a preview", () => {
    it("refuses a name that an earlier preview gave to another, with AWS's code and both resources", () => {
        const { preview } = account();
        preview(queue("first"), { name: "jobs" })();
        expect(preview(queue("second"), { name: "jobs" })).toThrow(
            /QueueAlreadyExists: creating second: jobs already exists \(urn:.*::first has it\)/,
        );
        expect(preview(queue("third"), { name: "other" })).not.toThrow();
    });

    it("tells resources apart by their URNs, not by their Pulumi names", () => {
        const { preview } = account();
        preview(queue("encryption", "plinth:a$"), { name: "jobs" })();
        expect(preview(queue("encryption", "plinth:a$"), { name: "jobs" })).not.toThrow();
        expect(preview(queue("encryption", "plinth:b$"), { name: "jobs" })).toThrow(/QueueAlreadyExists/);
    });

    it("holds what two providers plan against each other", () => {
        const [one, other] = [account(), account()];
        const shared = account(one.accounts);
        one.preview(queue("first"), { name: "jobs" })();
        expect(shared.preview(queue("second"), { name: "jobs" })).toThrow(/QueueAlreadyExists/);
        expect(other.preview(queue("second"), { name: "jobs" })).not.toThrow();
    });

    it("leaves what is not known for later", () => {
        const { preview } = account();
        preview(queue("first"), { name: UNKNOWN })();
        expect(preview(queue("second"), { name: UNKNOWN })).not.toThrow();
        const group = "aws:ec2/securityGroup:SecurityGroup";
        preview(resource(group, "first"), { name: "clients", vpcId: UNKNOWN })();
        expect(preview(resource(group, "second"), { name: "clients", vpcId: UNKNOWN })).not.toThrow();
    });

    it("looks at the scope that a name is unique in", () => {
        const { preview } = account();
        const group = "aws:ec2/securityGroup:SecurityGroup";
        preview(resource(group, "first"), { name: "clients", vpcId: "vpc-1" })();
        expect(preview(resource(group, "second"), { name: "clients", vpcId: "vpc-2" })).not.toThrow();
        expect(preview(resource(group, "third"), { name: "clients", vpcId: "vpc-1" })).toThrow(
            /InvalidGroup.Duplicate/,
        );
    });

    it("knows that the instances of clusters and other database instances share their names", () => {
        const { preview } = account();
        preview(resource(INSTANCE, "database"), { identifier: "primary" })();
        const member = resource("aws:rds/clusterInstance:ClusterInstance", "member");
        expect(preview(member, { identifier: "primary" })).toThrow(/DBInstanceAlreadyExists/);
    });

    it.each<[string, Properties, string]>([
        ["aws:kms/alias:Alias", { name: "alias/mine" }, "AlreadyExistsException"],
        ["aws:iam/role:Role", { name: "mine" }, "EntityAlreadyExists"],
        ["aws:secretsmanager/secret:Secret", { name: "mine" }, "ResourceExistsException"],
        ["aws:cloudwatch/logGroup:LogGroup", { name: "mine" }, "ResourceAlreadyExistsException"],
        ["aws:ecr/repository:Repository", { name: "mine" }, "RepositoryAlreadyExistsException"],
        [
            "aws:ec2/route:Route",
            { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN },
            "RouteAlreadyExists",
        ],
        ["aws:eks/addon:Addon", { clusterName: "k", addonName: "coredns" }, "ResourceInUseException"],
        ["aws:eks/accessEntry:AccessEntry", { clusterName: "k", principalArn: "arn" }, "ResourceInUseException"],
        [
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 1, toPort: 1, cidrIpv4: "10.0.0.0/8" },
            "InvalidPermission.Duplicate",
        ],
    ])("refuses a second %s of the same", (type, inputs, code) => {
        const { preview } = account();
        preview(resource(type, "first"), inputs)();
        expect(preview(resource(type, "second"), inputs)).toThrow(code);
    });
});

describe("a preview over what is there already", () => {
    it("refuses a name that a living resource has, also where a renamed one has it: deletions come last", () => {
        const { make, preview } = account();
        make(queue("jobs", "plinth:old$"), { name: "jobs" });
        expect(preview(queue("jobs", "plinth:new$"), { name: "jobs" })).toThrow(/QueueAlreadyExists.*plinth:old/);
    });

    it("lets a resource that is replaced keep its name, and one whose alias it is", () => {
        const replaced = account();
        replaced.make(queue("jobs"), { name: "jobs" });
        expect(replaced.preview(queue("jobs"), { name: "jobs" })).not.toThrow();

        const { make, preview, provider } = account();
        const { id, outputs, inputs } = make(queue("jobs", "plinth:old$"), { name: "jobs" });
        const renamed = queue("jobs", "plinth:new$");
        provider.diff(renamed, { id, inputs, outputs }, { name: "jobs", delaySeconds: 1 });
        expect(preview(renamed, { name: "jobs" })).not.toThrow();
        expect(preview(queue("other"), { name: "jobs" })).toThrow(/QueueAlreadyExists/);
    });

    it("frees a name that an update in place gives up, and takes the one that it asks for", () => {
        const { make, preview, provider } = account();
        const given = { engine: "postgres", instanceClass: "db.t3.micro", allocatedStorage: 20, username: "master" };
        const living = make(resource(INSTANCE, "primary"), { ...given, identifier: "primary" });
        const update = (identifier: string) => () =>
            provider.update(resource(INSTANCE, "primary"), living, { ...given, identifier }, true);
        expect(preview(resource(INSTANCE, "next"), { ...given, identifier: "primary" })).toThrow(/AlreadyExists/);
        update("former")();
        expect(preview(resource(INSTANCE, "next"), { ...given, identifier: "primary" })).not.toThrow();
        expect(preview(resource(INSTANCE, "third"), { ...given, identifier: "former" })).toThrow(/AlreadyExists/);
    });

    it("forgets a name with its resource", () => {
        const { make, preview, provider } = account();
        const living = make(queue("jobs"), { name: "jobs" });
        provider.delete(queue("jobs"), living);
        expect(preview(queue("other"), { name: "jobs" })).not.toThrow();
    });
});

describe("an update", () => {
    it("is refused a name that another has, and may keep its own", () => {
        const { make, provider } = account();
        const given = { engine: "postgres", instanceClass: "db.t3.micro", allocatedStorage: 20, username: "master" };
        make(resource(INSTANCE, "first"), { ...given, identifier: "first" });
        const second = make(resource(INSTANCE, "second"), { ...given, identifier: "second" });
        const update = (identifier: string) => () =>
            provider.update(resource(INSTANCE, "second"), second, { ...given, identifier }, false);
        expect(update("first")).toThrow(/DBInstanceAlreadyExists: updating second/);
        expect(update("second")).not.toThrow();
    });
});

/** Where AWS overwrites the one with the other: each is a setting of what it names, or the wait for it. */
const SETTINGS = [
    "aws:acm/certificateValidation:CertificateValidation",
    "aws:appautoscaling/target:Target",
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    "aws:backup/vaultPolicy:VaultPolicy",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup",
    "aws:secretsmanager/secretRotation:SecretRotation",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    "aws:sqs/redrivePolicy:RedrivePolicy",
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
];

it("knows of every type whose id its inputs decide that there can be one only, unless it is a setting", () => {
    const isDecided = (token: string) => {
        let madeUp = false;
        resourceTypes[token]?.id({
            inputs: new Inputs({}),
            ...placeOf("eu-west-1"),
            ...{ accountId: "1", name: "n", find: () => undefined, all: () => [] },
            hex: (length) => {
                madeUp = true;
                return "0".repeat(length);
            },
        });
        return !madeUp;
    };
    const decided = Object.keys(resourceTypes).filter(isDecided);
    expect(decided.filter((token) => uniquenessOf(token).length === 0).sort()).toEqual(SETTINGS);
});
