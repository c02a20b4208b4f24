import { InvalidArgumentError } from "commander";

/** An option of a command line that is a whole number. */
export function wholeNumber(text: string): number {
    if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
    return Number(text);
}
