import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";

export interface IngressCertificateArgs extends ComponentArgs {
    /** The one host that it is for. */
    host: string;
    /** The public hosted zone that the host is in. */
    hostedZoneId: string;
}

/** An ACM certificate that is validated by a record in the host's zone, and so renews itself. Costs nothing. */
export class IngressCertificate extends Component {
    /** Its ARN, known once it is validated. */
    public readonly arn: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: { certificate: aws.acm.Certificate };

    constructor(name: string, args: IngressCertificateArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:ingress:IngressCertificate", name, args, options);
        const certificate = new aws.acm.Certificate(
            this.childName("certificate"),
            { domainName: args.host, validationMethod: "DNS", tags: this.tags() },
            this.child,
        );
        // One host, so one record validates it.
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
                // Certificates of the same host, of another stack or an earlier one, are validated by the same record.
                allowOverwrite: true,
            },
            this.child,
        );
        const validation = new aws.acm.CertificateValidation(
            this.childName("validation"),
            { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
            this.child,
        );
        this.nodes = { certificate };
        this.arn = validation.certificateArn;
        this.registerOutputs({ arn: this.arn });
    }
}
