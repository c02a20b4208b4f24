import type { Creation, Inputs, Rejection, ResourceType } from "../../resource-type";
import { alarmArn, alarmRules, COMPOSITE_ALARM, METRIC_ALARM, oneName, topicsExist, VALIDATION } from "./alarm-rule";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const compositeRules: Rejection<Inputs>[] = [
    ...alarmRules,
    {
        code: VALIDATION,
        at: "alarmRule",
        when: (inputs) => !isAlarmRule(inputs.text("alarmRule")),
        say: () =>
            "AlarmRule must be a Boolean expression of ALARM(name), OK(name), INSUFFICIENT_DATA(name), TRUE and FALSE",
    },
    {
        code: VALIDATION,
        at: "alarmRule",
        when: (inputs) => alarmsIn(inputs.text("alarmRule")).length > 100,
        say: () => "AlarmRule must not name more than 100 alarms",
    },
];

export const compositeAlarms: Record<string, ResourceType> = {
    [COMPOSITE_ALARM]: {
        id: ({ inputs }) => inputs.text("alarmName"),
        outputs: ({ id, region, accountId }) => ({ arn: alarmArn(region, accountId, id) }),
        namesOf: METRIC_ALARM,
        unique: [oneName("alarmName")],
        rejects: compositeRules,
        conflicts: [
            ...topicsExist,
            {
                code: VALIDATION,
                at: "alarmRule",
                when: (creation) => missingAlarm(creation) !== undefined,
                say: (creation) =>
                    `Could not save the composite alarm as the alarm ${missingAlarm(creation)} does not exist`,
            },
        ],
        notFound: "ResourceNotFound",
    },
};

const stateFunction = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^\s()"]+))\s*\)/g;

/** The alarms that a rule names. */
export function alarmsIn(rule: string): string[] {
    return [...rule.matchAll(stateFunction)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

function missingAlarm({ inputs, find }: Creation): string | undefined {
    return alarmsIn(inputs.text("alarmRule")).find((name) => {
        const known = name.startsWith("arn:") ? name.split(":alarm:")[1] : name;
        return !known || (!find(METRIC_ALARM, known) && !find(COMPOSITE_ALARM, known));
    });
}

/** Whether a rule is an expression: operands joined by AND and OR, each with any number of NOTs and parentheses. */
export function isAlarmRule(rule: string): boolean {
    const tokens = rule.replace(stateFunction, " TRUE ").match(/[()]|[^\s()]+/g) ?? [];
    let at = 0;
    const operand = (): boolean => {
        while (tokens[at] === "NOT") at++;
        if (tokens[at] !== "(") return ["TRUE", "FALSE"].includes(tokens[at++] ?? "");
        at++;
        return expression() && tokens[at++] === ")";
    };
    const expression = (): boolean => {
        if (!operand()) return false;
        while (["AND", "OR"].includes(tokens[at] ?? "")) {
            at++;
            if (!operand()) return false;
        }
        return true;
    };
    return tokens.length > 0 && expression() && at === tokens.length;
}
