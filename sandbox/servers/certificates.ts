import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** Why no certificates can be made here; empty where they can. */
export const noOpenssl = spawnSync("openssl", ["version"]).error ? "there is no openssl" : "";

/** How long the certificates are valid, in days: longer than any server of theirs runs. */
const validDays = 30;

/** An authority, and a certificate of it for a server called `host`. All in PEM. */
export function makeCertificates(host: string): { authority: string; certificate: string; key: string } {
    const folder = mkdtempSync(path.join(tmpdir(), "plinth-certificates-"));
    const openssl = (command: string) => execFileSync("openssl", command.split(" "), { cwd: folder, stdio: "pipe" });
    const elliptic = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    try {
        openssl(`req -x509 ${elliptic} -keyout ca.key -out ca.crt -subj /CN=authority -days ${validDays}`);
        openssl(`req ${elliptic} -keyout server.key -out server.csr -subj /CN=${host}`);
        const addresses = host === "localhost" ? ",IP:127.0.0.1,IP:::1" : "";
        writeFileSync(path.join(folder, "names"), `subjectAltName=DNS:${host}${addresses}`);
        const signing = `-CA ca.crt -CAkey ca.key -CAcreateserial -days ${validDays} -extfile names`;
        openssl(`x509 -req -in server.csr -out server.crt ${signing}`);
        const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
        return { authority: read("ca.crt"), certificate: read("server.crt"), key: read("server.key") };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
