import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** Why no certificates can be made here; empty where they can. */
export const noOpenssl = spawnSync("openssl", ["version"]).error ? "there is no openssl" : "";

/** An authority, and a certificate of it for a server called `host`. All in PEM. */
export function makeCertificates(host: string): { authority: string; certificate: string; key: string } {
    const folder = mkdtempSync(path.join(tmpdir(), "plinth-certificates-"));
    const openssl = (command: string) => execFileSync("openssl", command.split(" "), { cwd: folder, stdio: "pipe" });
    const elliptic = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    try {
        openssl(`req -x509 ${elliptic} -keyout ca.key -out ca.crt -subj /CN=authority -days 2`);
        openssl(`req ${elliptic} -keyout server.key -out server.csr -subj /CN=${host}`);
        writeFileSync(path.join(folder, "names"), `subjectAltName=DNS:${host}`);
        const signing = "-CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names";
        openssl(`x509 -req -in server.csr -out server.crt ${signing}`);
        const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
        return { authority: read("ca.crt"), certificate: read("server.crt"), key: read("server.key") };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
