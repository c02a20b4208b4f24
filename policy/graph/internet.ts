/**
 * Whether a CIDR block is so wide that it counts as the internet: an IPv4 prefix shorter than /8, the widest private range
 * (RFC 1918), or an IPv6 prefix shorter than /7, the unique local addresses (RFC 4193). Not only 0.0.0.0/0 and ::/0: two
 * halves cover as much.
 */
export function coversInternet(cidr: string): boolean {
    const [address = "", length] = cidr.split("/");
    const bits = Number(length);
    return length !== undefined && bits < (address.includes(":") ? 7 : 8);
}
