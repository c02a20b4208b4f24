import type { ServerlessCapacity } from "../aurora/spec";
import type { DatabaseSpec } from "../spec";

/** What decides a database's parameters. */
export type ParameterChoices = Pick<
    DatabaseSpec,
    "engine" | "maxConnections" | "parameters" | "clusterParameters" | "blueGreenUpdates" | "allowMajorVersionUpgrade"
>;

/** Whose a parameter is: each instance's own, or a whole Aurora cluster's. */
export type ParameterLevel = "instance" | "cluster";

/** One line of an engine's table. */
export interface EngineParameter {
    name: string;
    /** In the unit that RDS takes, which is the server's own and never written: a number, a word or a formula of RDS's. */
    value: string | ((spec: ParameterChoices) => string);
    /** The unit of the number, as the server's `pg_settings` names it. */
    unit?: "8kB" | "kB" | "ms";
    /** Set where only some databases want it. */
    when?: (spec: ParameterChoices) => boolean;
    /**
     * When a change takes effect. Static parameters wait for a restart. So do those whose value is also RDS's default:
     * RDS reports these as `pending-reboot` whatever was asked for, which would be a difference at every preview.
     */
    applies: "immediate" | "pending-reboot";
    /** @default instance */
    level?: ParameterLevel;
    /** Where the parameter is described. */
    see: string;
    /** Set where RDS knows the parameter and the server itself does not. */
    onlyRds?: true;
}

/** What an engine's parameters are made from. */
export interface EngineParameters {
    /** The parameter that refuses connections without TLS. It can't be overridden. */
    tls: string;
    /** Parameters on which the encryption of connections and passwords rests, each with the values that keep it. */
    guarded: Readonly<Record<string, RegExp>>;
    /** How many connections the engine's own default gives to an instance class. */
    connectionsCarried: string;
    /** What becomes of that figure where the servers are serverless, and it was made from the most capacity. */
    serverlessConnections?: (carried: number, capacity: ServerlessCapacity) => number;
    parameters: readonly EngineParameter[];
}
