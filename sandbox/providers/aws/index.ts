import { providerEnvironment } from "../environment";
import { serveProvider } from "../grpc";
import { AwsProvider } from "./provider";

serveProvider(new AwsProvider(providerEnvironment()));
