/** A path as the engine writes it: `rules[0].action`, `tags["a.b"]`. */
export function pathText(path: (string | number)[]): string {
    return path
        .map((part, index) => {
            if (typeof part === "number") return `[${part}]`;
            if (!/^[A-Za-z_$][\w$]*$/.test(part)) return `[${JSON.stringify(part)}]`;
            return index === 0 ? part : `.${part}`;
        })
        .join("");
}
