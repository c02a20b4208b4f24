import { describe, expect, it } from "vitest";
import { effectOf, factsOf, type InputFacts, replacement } from "./facts";
import { published } from "./published";
import { resourceTypes } from "./types";

interface Judged {
    type: string;
    input: string;
    facts: InputFacts;
    /** What CloudFormation says: undefined where it has no such input, or says that it depends. */
    createOnly?: boolean;
}

const isMeasured = ({ replacesOn, updatesOn, nested }: InputFacts) => Boolean(replacesOn ?? updatesOn ?? nested);

/** Every input of every emulated type but `region`, which came after the measurement and replaces by the provider's guide. */
const inputs = Object.keys(resourceTypes).flatMap((type) => {
    const schema = published().types[type];
    return Object.entries(factsOf(type)?.inputs ?? {})
        .filter(([input]) => input !== "region")
        .map(([input, facts]): Judged => {
            const isSaid = schema && !schema.unknown.includes(input) && !schema.sometimes.includes(input);
            return { type, input, facts, createOnly: isSaid ? schema.createOnly.includes(input) : undefined };
        });
});
const named = ({ type, input }: Pick<Judged, "type" | "input">) => `${type} ${input}`;

const verdicts = Object.entries(replacement.verdicts).flatMap(([type, byInput]) =>
    Object.keys(byInput ?? {}).map((input) => named({ type, input })),
);

describe("what replaces a resource", () => {
    it("is the same by the measurement and by CloudFormation, or the reason is written", () => {
        const compared = inputs.filter(({ facts, createOnly }) => createOnly !== undefined && isMeasured(facts));
        const differing = compared.filter(
            ({ facts, createOnly }) => (effectOf(facts, "change") === "replace") !== createOnly,
        );
        const explained = replacement.differences
            .flatMap(({ inputs: byType }) => Object.entries(byType))
            .flatMap(([type, names = []]) => names.map((input) => named({ type, input })))
            .concat(verdicts.filter((verdict) => differing.some((one) => named(one) === verdict)));
        console.log(`${compared.length} inputs compared, ${differing.length} differ, ${explained.length} explained`);
        expect(differing.map(named).sort()).toEqual([...explained].sort());
        expect(compared.length).toBeGreaterThan(600);
    });

    it("is known of every input: measured, by CloudFormation, or by a verdict with its reason", () => {
        const conditional = ({ type, input }: Judged) => published().types[type]?.sometimes.includes(input);
        const silent = inputs.filter(
            (one) => !isMeasured(one.facts) && one.createOnly === undefined && !conditional(one),
        );
        const isUnmeasuredChange = ({ facts: { replacesOn, updatesOn } }: Judged) =>
            !replacesOn?.includes("change") && !updatesOn?.includes("change");
        const needless = verdicts.filter(
            (one) => !inputs.filter(isUnmeasuredChange).some((input) => named(input) === one),
        );
        console.log(`${inputs.length} inputs, ${verdicts.length} by a verdict`);
        expect(verdicts).toEqual(expect.arrayContaining(silent.map(named)));
        expect(needless).toEqual([]);
    });

    it("has a reason that says something", () => {
        const reasons = [
            ...replacement.differences.map(({ reason }) => reason),
            ...Object.values(replacement.verdicts).flatMap((byInput) =>
                Object.values(byInput ?? {}).map((verdict) => verdict?.reason ?? ""),
            ),
        ];
        for (const reason of reasons) expect(reason.length).toBeGreaterThan(20);
        const once = replacement.differences.map(({ reason }) => reason);
        expect(new Set(once).size).toBe(once.length);
    });

    it("is taken from CloudFormation where a change was not measured, and from the verdict where it has none", () => {
        const effect = (type: string, input: string) => effectOf(factsOf(type)?.inputs[input], "change");
        expect(effect("aws:sns/topicSubscription:TopicSubscription", "topic")).toBe("replace");
        expect(effect("aws:ec2/natGateway:NatGateway", "connectivityType")).toBe("replace");
        expect(effect("aws:kms/alias:Alias", "namePrefix")).toBe("replace");
        expect(effect("aws:ec2/routeTable:RouteTable", "routes")).toBe("update");
        // Measured: CloudFormation does not overrule it.
        expect(effect("aws:rds/instance:Instance", "identifier")).toBe("update");
    });
});
