"""A program in Python with components of the package. The classes are what `pulumi package add` would write, cut to what is used here."""

import pulumi


class Network(pulumi.ComponentResource):
    vpcId: pulumi.Output[str]
    isolatedSubnetIds: pulumi.Output[list[str]]
    availabilityZones: pulumi.Output[list[str]]

    def __init__(self, name: str, **args):
        outputs = {"vpcId": None, "isolatedSubnetIds": None, "availabilityZones": None}
        super().__init__("plinth:network:Network", name, {**outputs, **args}, None, True)


class Database(pulumi.ComponentResource):
    primaryEndpoint: pulumi.Output[str]

    def __init__(self, name: str, **args):
        super().__init__("plinth:database:Database", name, {"primaryEndpoint": None, **args}, None, True)


class Queue(pulumi.ComponentResource):
    queueUrl: pulumi.Output[str]

    def __init__(self, name: str, **args):
        super().__init__("plinth:queue:Queue", name, {"queueUrl": None, **args}, None, True)


network = Network("network")
database = Database(
    "database",
    network={
        "vpcId": network.vpcId,
        "isolatedSubnetIds": [network.isolatedSubnetIds[0], network.isolatedSubnetIds[1]],
        "availabilityZones": [network.availabilityZones[0], network.availabilityZones[1]],
    },
)
pulumi.export("queueUrl", Queue("orders", visibilityTimeoutSeconds=60).queueUrl)
pulumi.export("endpoint", database.primaryEndpoint)
