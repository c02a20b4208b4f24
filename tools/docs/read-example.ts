import type { Estimate } from "../../cost/estimate";
import { priced } from "../../cost/testing/plan";
import { type Example, type Figure, faultOf } from "../../examples/example";
import { StackView } from "../../examples/stack-view";
import { plannedStack } from "../../stacks/testing/planned";

/** The day of the estimates: what costs more once its support ends does so by it, and a page stays the same until it is changed. */
export const TODAY = "2026-11-26";

/** One stack of an example, as the program makes it under the mocks. */
export interface ReadStack {
    stack: string;
    region: string;
    view: StackView;
    /** How many resources it has, without its components and those that EKS' component makes. */
    resources: number;
    estimate: Estimate;
}

/** A figure, with what is registered in each stack; undefined where nothing is. */
export interface ReadFigure {
    figure: Figure;
    registered: string[] | undefined;
}

export interface ReadExample {
    example: Example;
    stacks: ReadStack[];
    sections: Record<string, ReadFigure[]>;
}

/** Reads all figures of an example. Fails where one is not as it says. */
export async function readExample(example: Example): Promise<ReadExample> {
    const stacks: ReadStack[] = [];
    for (const stack of example.stacks) {
        const { region, created, planned, outputs } = await plannedStack(`examples/${example.name}`, stack);
        const resources = created.filter(({ type }) => !/^(plinth|pulumi):/.test(type)).length;
        const estimate = priced(planned, { region, today: TODAY });
        stacks.push({ stack, region, view: new StackView(created, outputs), resources, estimate });
    }
    const sections = Object.entries(example.sections).map(([title, figures]) => [
        title,
        figures.map((figure) => ({ figure, registered: registered(figure, stacks) })),
    ]);
    const read: ReadExample = { example, stacks, sections: Object.fromEntries(sections) };
    const faults = figureFaults(read);
    if (faults.length > 0) throw new Error(`examples/${example.name}/figures.ts:\n${faults.join("\n")}`);
    return read;
}

function registered({ makes, onEngine }: Figure, stacks: readonly ReadStack[]): string[] | undefined {
    if (onEngine !== undefined) return stacks.map(() => onEngine);
    return makes && stacks.map(({ view }) => makes(view));
}

function figureFaults({ example, sections }: ReadExample): string[] {
    return Object.values(sections)
        .flat()
        .flatMap(({ figure, registered: read }) => {
            if (read) return faultOf(figure, example.stacks, read);
            return figure.because === undefined ? [`${figure.what}: nothing is registered; say why`] : [];
        });
}
