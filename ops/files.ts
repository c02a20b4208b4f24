import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

/** The folder of this package, wherever its code was bundled to. */
const packageFolder = path.dirname(createRequire(__filename).resolve("@plinth/ops/package.json"));

/** The migrations that make the tenants' tables; a project's own follow in the same folder. */
export const migrationsFolder = path.join(packageFolder, "migrations");

/** The text of a file of this package. */
export function packageFile(name: string): string {
    return readFileSync(path.join(packageFolder, name), "utf8");
}
