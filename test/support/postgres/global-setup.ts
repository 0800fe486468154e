import type { TestProject } from "vitest/node";
import { startPostgres } from "./start-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the PostgreSQL of this run. */
    postgres: string;
  }
}

/** One PostgreSQL for all tests of a run; none when no test of the run needs it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide("postgres", server.url);
  return server.stop;
}
