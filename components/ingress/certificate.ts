import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";

export interface IngressCertificateArgs extends ComponentArgs {
    /** The one host that it is for. */
    host: string;
    /** The public hosted zone that the host is in. */
    hostedZoneId: string;
}

/** A certificate of ACM that is proved by a record in the host's zone, and so renews itself. Costs nothing. */
export class IngressCertificate extends Component {
    /** Its ARN, once it is proved. */
    public readonly arn: pulumi.Output<string>;

    constructor(name: string, args: IngressCertificateArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:ingress:IngressCertificate", name, args, options);
        const certificate = new aws.acm.Certificate(
            this.childName("certificate"),
            { domainName: args.host, validationMethod: "DNS", tags: this.tags() },
            this.child,
        );
        // One host, so one record proves it.
        const proof = certificate.domainValidationOptions.apply(([only]) => {
            if (only) return only;
            throw new pulumi.RunError(`ACM does not say how the certificate for ${args.host} is proved: update again`);
        });
        const record = new aws.route53.Record(
            this.childName("proof"),
            {
                zoneId: args.hostedZoneId,
                name: proof.resourceRecordName,
                type: proof.resourceRecordType,
                records: [proof.resourceRecordValue],
                ttl: 300,
                // The same host's certificates, of another stack or a former one, are proved by the same record.
                allowOverwrite: true,
            },
            this.child,
        );
        const validation = new aws.acm.CertificateValidation(
            this.childName("validation"),
            { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
            this.child,
        );
        this.arn = validation.certificateArn;
        this.registerOutputs({ arn: this.arn });
    }
}
