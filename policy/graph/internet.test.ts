import { describe, expect, it } from "vitest";
import { coversInternet, isPublicRange } from "./internet";

describe("a CIDR block", () => {
    it.each([
        "0.0.0.0/0",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "3.0.0.0/8",
        "172.0.0.0/8",
        "10.0.0.0/7",
        "::/0",
        "2000::/3",
        "2600::/12",
    ])("%s is the internet", (cidr) => {
        expect(coversInternet(cidr)).toBe(true);
        expect(isPublicRange(cidr)).toBe(true);
    });

    it.each(["198.51.100.0/24", "203.0.113.7/32", "172.16.0.0/11", "192.168.0.0/15", "2001:db8::/32"])(
        "%s is a public range",
        (cidr) => {
            expect(coversInternet(cidr)).toBe(false);
            expect(isPublicRange(cidr)).toBe(true);
        },
    );

    it.each(["10.0.0.0/8", "10.1.2.0/24", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fd00::/8"])(
        "%s is private",
        (cidr) => {
            expect(coversInternet(cidr)).toBe(false);
            expect(isPublicRange(cidr)).toBe(false);
        },
    );
});
