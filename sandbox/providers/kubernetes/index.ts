import { providerEnvironment } from "../environment";
import { serveProvider } from "../grpc";
import { KubernetesProvider } from "./provider";

serveProvider(new KubernetesProvider(providerEnvironment()));
