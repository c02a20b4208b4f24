import type { Widget } from "./widget";

/**
 * The columns of a dashboard.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const columns = 24;

/** A size, in columns and rows. */
export interface Size {
    width: number;
    height: number;
}

/** A place on the dashboard: the column and the row of its upper left corner, and its size. */
export interface Place extends Size {
    x: number;
    y: number;
}

/** Three graphs in a row; what is read line by line has a row of its own. */
export function sizeOf(widget: Widget): Size {
    switch (widget.kind) {
        case "graph":
            return { width: columns / 3, height: 6 };
        case "alarms":
            // CloudWatch puts about six states in a row, below the title.
            return { width: columns, height: Math.min(8, 1 + Math.ceil(widget.parts.length / 6)) };
        case "logs":
            return { width: columns, height: 6 };
        case "text":
            return { width: columns, height: 2 };
    }
}

/** Places sizes in their order: from left to right, and in a new row where one does not fit any more. */
export function layOut(sizes: readonly Size[]): Place[] {
    let [x, y, rowHeight] = [0, 0, 0];
    return sizes.map((size) => {
        if (x + size.width > columns) [x, y, rowHeight] = [0, y + rowHeight, 0];
        const place = { x, y, ...size };
        x += size.width;
        rowHeight = Math.max(rowHeight, size.height);
        return place;
    });
}
