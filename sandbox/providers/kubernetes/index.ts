import { providerEnvironment } from "../environment";
import { withFaults } from "../faulty-provider";
import { serveProvider } from "../grpc";
import { KubernetesProvider } from "./provider";

const environment = providerEnvironment();
serveProvider(withFaults(new KubernetesProvider(environment), environment));
