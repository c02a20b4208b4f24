/** What is wrong with parameters by their names and texts alone, with the mend; undefined where nothing is. */
export function parameterFault(parameters: Readonly<Record<string, string>>): string | undefined {
    const names = Object.keys(parameters);
    for (const [index, name] of names.entries()) {
        const value = parameters[name] ?? "";
        if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name))
            return `"${name}" is not the name of a parameter; give one as AWS lists it`;
        const earlier = names.slice(0, index).find((other) => other.toLowerCase() === name.toLowerCase());
        if (earlier !== undefined)
            return `${name} and ${earlier} are one parameter, for AWS tells names apart by more than capitals; leave one out`;
        if (value.trim() === "") return `${name} is empty; give a value, or leave it out for the engine's default`;
        if (/\p{Cc}/u.test(value)) return `${name} has a value of several lines; give it in one`;
    }
    return undefined;
}

/** The first parameter of which `test` holds; it is given names in small letters, for AWS does not tell capitals apart. */
export function findParameter(
    parameters: Readonly<Record<string, string>>,
    test: (name: string, value: string) => boolean,
): [name: string, value: string] | undefined {
    return Object.entries(parameters).find(([name, value]) => test(name.toLowerCase(), value));
}

/** Parameters by names as AWS lists them, so that one in capitals takes the place of the table's. */
export function inSmallLetters(parameters: Record<string, string> = {}): Record<string, string> {
    return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value]));
}
