import { type Body, linesOf, type PlacedWidget, type Properties } from "./body";
import { sampleOf } from "./sample";

/** Pixels of a column and of a row. */
const [column, row] = [52, 44];
const padding = 10;
const colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#17becf"];

/** A dashboard's body as an SVG picture with sample data, laid out as CloudWatch does. */
export function svgOf({ widgets }: Body, title: string): string {
    const height = Math.max(...widgets.map(({ y, height: rows }) => y + rows)) * row;
    const width = 24 * column;
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
        `<title>${escaped(title)}</title>`,
        `<rect width="${width}" height="${height}" fill="#f2f3f3"/>`,
        ...widgets.map(widgetOf),
        "</svg>",
        "",
    ].join("\n");
}

function widgetOf({ type, x, y, width, height, properties }: PlacedWidget): string {
    const [w, h] = [width * column - 6, height * row - 6];
    const heading = properties.title ?? "";
    return [
        `<g transform="translate(${x * column + 3} ${y * row + 3})">`,
        `<rect width="${w}" height="${h}" fill="#fff" stroke="#d5dbdb"/>`,
        ...(heading === "" ? [] : [text(padding, 18, heading, 'font-weight="bold" font-size="13"')]),
        ...contents[type](properties, w, h),
        "</g>",
    ].join("\n");
}

const contents: Record<PlacedWidget["type"], (properties: Properties, width: number, height: number) => string[]> = {
    metric: graph,
    alarm: ({ alarms = [] }, width, height) => {
        const perRow = 6;
        const cell = (width - padding) / perRow;
        return alarms.flatMap((arn, index) => {
            const [left, top] = [padding + (index % perRow) * cell, 28 + Math.floor(index / perRow) * 22];
            if (top + 18 > height) return [];
            return [
                `<rect x="${left}" y="${top}" width="${cell - padding}" height="18" fill="#e9f7ec" stroke="#1d8102"/>`,
                text(left + 6, top + 13, endOf(arn.split(":").at(-1) ?? arn, cell - 24)),
            ];
        });
    },
    log: ({ query = "" }, width, height) =>
        query
            .split("\n")
            .slice(0, Math.floor((height - 30) / 16))
            .map((line, index) => text(padding, 38 + index * 16, shortened(line, width), 'font-family="monospace"')),
    text: ({ markdown = "" }, width) =>
        markdown.split("\n").map((line, index) => {
            const style = line.startsWith("# ") ? 'font-weight="bold" font-size="18"' : 'font-size="13"';
            return text(padding, 24 + index * 22, shortened(line.replace(/^# /, ""), width * 1.2), style);
        }),
};

function graph(properties: Properties, width: number, height: number): string[] {
    const lines = linesOf(properties);
    const limits = properties.annotations?.horizontal ?? [];
    const legendRows = Math.min(3, lines.length);
    const [left, top, right, bottom] = [52, 44, width - padding, height - 16 - legendRows * 14];
    const samples = lines.map(({ seed }) => sampleOf(seed, limits));
    const most = 1.15 * (Math.max(...samples.flat(), ...limits.map(({ value }) => value)) || 1);
    const yOf = (value: number) => rounded(bottom - (value / most) * (bottom - top));
    const points = (values: number[]) =>
        values
            .map((value, i) => `${rounded(left + (i * (right - left)) / (values.length - 1))},${yOf(value)}`)
            .join(" ");
    return [
        text(padding, 34, properties.yAxis?.left?.label ?? "", 'fill="#545b64"'),
        ...[0, 0.5, 1].map((share) => {
            const value = (most / 1.15) * share;
            return [
                `<line x1="${left}" y1="${yOf(value)}" x2="${right}" y2="${yOf(value)}" stroke="#eaeded"/>`,
                text(left - 4, yOf(value) + 4, shortNumber(value), 'text-anchor="end" fill="#545b64"'),
            ].join("");
        }),
        ...samples.map(
            (values, index) =>
                `<polyline points="${points(values)}" fill="none" stroke="${colourOf(index)}" stroke-width="1.5"/>`,
        ),
        ...limits.map(
            ({ label, value }) =>
                `<line x1="${left}" y1="${yOf(value)}" x2="${right}" y2="${yOf(value)}" stroke="#d13212" stroke-dasharray="4 3"/>` +
                text(right, yOf(value) - 4, label, 'text-anchor="end" fill="#d13212"'),
        ),
        ...lines.slice(0, legendRows).map(({ label }, index) => {
            const more = index === legendRows - 1 && lines.length > legendRows;
            const suffix = more ? ` and ${lines.length - legendRows} more` : "";
            return text(left, bottom + 18 + index * 14, `— ${label}${suffix}`, `fill="${colourOf(index)}"`);
        }),
    ];
}

function colourOf(index: number): string {
    return colours[index % colours.length] ?? "#000";
}

function text(x: number, y: number, value: string, style = ""): string {
    return `<text x="${rounded(x)}" y="${rounded(y)}" ${style}>${escaped(value)}</text>`;
}

/** What fits in so many pixels, at six for a character. */
function shortened(value: string, width: number): string {
    const most = Math.floor(width / 6);
    return value.length <= most ? value : `${value.slice(0, most - 1)}…`;
}

/** The end of what does not fit: alarms begin with the same words. */
function endOf(value: string, width: number): string {
    const most = Math.floor(width / 6);
    return value.length <= most ? value : `…${value.slice(1 - most)}`;
}

/** 1,500,000 as `1.5M`. */
function shortNumber(value: number): string {
    const [factor, suffix] = [
        [1e12, "T"],
        [1e9, "G"],
        [1e6, "M"],
        [1e3, "k"],
        [1, ""],
    ].find(([each]) => value >= Number(each)) ?? [1, ""];
    return `${Number((value / Number(factor)).toPrecision(3))}${suffix}`;
}

function rounded(value: number): number {
    return Math.round(value * 10) / 10;
}

function escaped(value: string): string {
    return value.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
