import { providerEnvironment } from "../environment";
import { withFaults } from "../faulty-provider";
import { serveProvider } from "../grpc";
import { AwsProvider } from "./provider";

const environment = providerEnvironment();
serveProvider(withFaults(new AwsProvider(environment), environment));
