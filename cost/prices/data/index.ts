// Made by `npm run prices`: the tables of this folder.
export { default as euWest1 } from "./eu-west-1.json";
export { default as euWest3 } from "./eu-west-3.json";
export { default as usEast1 } from "./us-east-1.json";
