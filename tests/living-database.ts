import { expect } from "vitest";
import type { Checkout } from "./checkout";

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
                "  plinth:database:",
                ...settings.map(([name, value]) => `    ${name}: ${value}`),
            ].join("\n"),
        );
    }

    /** What Pulumi plans for the resources of AWS's that change, in its order: `update database-primary`. */
    async planned(): Promise<string[]> {
        const steps = await this.checkout.steps("staging");
        return steps.filter(({ urn }) => urn.includes("aws:")).map(({ op, name }) => `${op} ${name}`);
    }

    /** Makes the stack. */
    create(): Promise<string> {
        this.configure({});
        return this.checkout.create("staging");
    }

    /** Updates the stack, after which there is nothing left to change; what the update printed. */
    async comesUp(): Promise<string> {
        const printed = await this.checkout.update("staging");
        expect(await this.checkout.steps("staging")).toEqual([]);
        return printed;
    }

    /** A preview that must fail, and what it printed. */
    async refused(): Promise<string> {
        const { code, output } = await this.checkout.run(["preview", "staging"]);
        expect(code).not.toBe(0);
        return output;
    }
}
