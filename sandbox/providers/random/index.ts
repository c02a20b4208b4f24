import { serveProvider } from "../grpc";
import { RandomProvider } from "./random";

serveProvider(new RandomProvider());
