import type * as pulumi from "@pulumi/pulumi";

/** What EventBridge compares a field of an event with. */
type Match = pulumi.Input<string> | { numeric: [comparison: ">", value: number] };

/**
 * What an event has to say, in EventBridge's form: of each field one of the values; of `$or` one of the patterns.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
 */
export interface EventPattern {
    [field: string]: readonly Match[] | readonly EventPattern[] | EventPattern;
}

/** Events of EventBridge that the topic is told of, before their rule is created. */
export interface EventRulePlan {
    /** Its part of names, and the heading of docs/runbooks/events.md: `backup-job-failed`. */
    part: string;
    /** What such an event is, for the rule's description and in front of what it says. */
    meaning: string;
    pattern: EventPattern;
    /** What is taken from an event for the text, by the name that it has there. What an event lacks is left out. */
    values: Record<string, string>;
    /** The text, with `<name>` for a value. */
    text: string;
}

/** Events of RDS that the topic is told of, before they are subscribed to. */
export interface EventSubscriptionPlan {
    /** Its part of names: `database-server-events`. */
    part: string;
    sourceType: "db-instance" | "db-cluster";
    sourceIds: pulumi.Input<string>[];
    categories: readonly string[];
}
