import { expect } from "vitest";
import type { Checkout, Step } from "./checkout";

/** A stack of the tier staging that has a database and little else, whose configuration changes step by step. */
export class LivingDatabase {
    constructor(
        private readonly checkout: Checkout,
        /** What the stack's configuration says, over the tier's defaults. */
        private readonly database: Record<string, unknown>,
    ) {}

    /** Writes the configuration, with `change` over what it said before; undefined takes a setting away. */
    configure(change: Record<string, unknown>): void {
        Object.assign(this.database, change);
        const settings = Object.entries(this.database).filter(([, value]) => value !== undefined);
        this.checkout.write(
            "Pulumi.staging.yaml",
            [
                "config:",
                "  aws:region: eu-west-1",
                "  plinth:tier: staging",
                "  plinth:cache: false",
                "  plinth:cluster: false",
                "  plinth:notifications: false",
                "  plinth:database:",
                ...settings.map(([name, value]) => `    ${name}: ${value}`),
            ].join("\n"),
        );
    }

    /** Makes the stack. */
    async create(): Promise<void> {
        this.configure({});
        await this.checkout.update("staging");
    }

    /** Updates the stack; what that printed, and what it did to the resources of AWS's: `update database-primary`. */
    async comesUp(): Promise<{ printed: string; done: string[] }> {
        const { printed, steps } = await this.checkout.update("staging");
        return { printed, done: ofAws(steps) };
    }

    /** Fails where there is anything left to change. */
    async isComplete(): Promise<void> {
        expect(await this.checkout.steps("staging")).toEqual([]);
    }

    /** A preview that must fail, and what it printed. */
    refused(): Promise<string> {
        return this.checkout.refused("staging");
    }
}

function ofAws(steps: Step[]): string[] {
    return steps.filter(({ urn }) => urn.includes("aws:")).map(({ op, name }) => `${op} ${name}`);
}
