/**
 * Writes `emulator/schema/github.graphql`: the types and fields of GitHub's GraphQL schema that the local GitHub
 * answers, with their arguments, from the official package `@octokit/graphql-schema`.
 *
 *     node scripts/prune-graphql.ts
 */
import { writeFileSync } from "node:fs";
import { schema } from "@octokit/graphql-schema";
import { servedFields } from "../emulator/graphql/served-fields.ts";
import { pruneSchema } from "./prune-schema.ts";

const target = new URL("../emulator/schema/github.graphql", import.meta.url);
const text = pruneSchema(schema.idl, servedFields);
writeFileSync(target, text);
console.log(`${Object.keys(servedFields).length} types served, ${text.length} characters`);
