export { makeCertificates, noOpenssl } from "../../sandbox/servers/certificates";
