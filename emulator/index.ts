import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Fault, Faults, type LoggedRequest } from "./faults.ts";
import { releaseRepository } from "./git/repository.ts";
import { GraphQlDoor } from "./graphql/door.ts";
import { Helpers } from "./helpers.ts";
import { RateLimits } from "./rate-limits.ts";
import { RestDoor, type Violation } from "./rest/door.ts";
import { restRoutes } from "./rest/routes.ts";
import { OpenApi } from "./schema/openapi.ts";
import { SecondaryLimits } from "./secondary-limits.ts";
import { handleRequest } from "./server.ts";
import { State, type World } from "./state.ts";
import { Hookshot } from "./webhooks/hookshot.ts";

export type { CreatedApp } from "./seed.ts";
export type { Fault, LoggedRequest, Violation };

export interface LocalGitHubOptions {
  /** Where the git repositories live; a temporary folder, removed on close, unless told. */
  readonly directory?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Refuse callers who are too fast, by GitHub's secondary limits. Default: false. */
  readonly secondaryLimits?: boolean;
  /** Requests that one caller may make in an hour. Default: GitHub's 5,000. */
  readonly requestsPerHour?: number;
  /** Let an App change the conclusion of a completed check run, as some report that GitHub does. Default: false. */
  readonly conclusionsMayChange?: boolean;
}

/** A GitHub on this machine. See {@link Helpers} for what a person or administrator can do besides REST and git. */
export interface LocalGitHub extends Helpers, AsyncDisposable {
  readonly url: string;
  /** Every request so far, in order of arrival. */
  readonly requests: LoggedRequest[];
  /** Where a request or an answer broke GitHub's own description. Empty when all is well. */
  readonly violations: Violation[];
  readonly faults: Faults;
  close(): Promise<void>;
}

/** Starts a local GitHub: git over HTTP, REST, GraphQL, webhooks and pages on one port. */
export async function startLocalGitHub(options: LocalGitHubOptions = {}): Promise<LocalGitHub> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), "local-github-")));
  const host = options.host ?? "127.0.0.1";
  const state = new State();
  const violations: Violation[] = [];
  const openApi = new OpenApi();
  const hookshot = new Hookshot(state, (event, payload) => {
    // What is checked is what will be sent: undefined values and the like are gone by then.
    for (const message of openApi.checkWebhook(event, JSON.parse(JSON.stringify(payload)))) {
      violations.push({ side: "webhook", operation: event, message });
    }
  });
  const requests: LoggedRequest[] = [];
  const faults = new Faults();
  const limits = new RateLimits(options.requestsPerHour);
  const secondary = options.secondaryLimits ? new SecondaryLimits() : undefined;
  // A busy client must not meet a connection that is closed just as it is used again.
  const server = createServer({ keepAliveTimeout: 600_000 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host}:${port}`;
  const { conclusionsMayChange = false } = options;
  const world: World = { state, url, directory, emit: (event) => hookshot.emit(event), conclusionsMayChange };
  const rest = new RestDoor(world, restRoutes(hookshot, limits), openApi, violations);
  const onError = (operation: string, error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violations.push({ side: "answer", operation, message: `failed: ${text}` });
  };
  const graphql = new GraphQlDoor(world, limits, violations);
  const doors = { world, rest, graphql, faults, limits, secondary, requests, onError };
  server.on("request", (request, response) => {
    handleRequest(doors, request, response).catch((error: unknown) => {
      onError(`${request.method} ${request.url}`, error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  const close = async () => {
    await hookshot.close();
    await Promise.allSettled(state.work);
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    for (const { directory: one } of state.repositories.values()) releaseRepository(one);
    if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
  };
  const helpers = new Helpers(world, hookshot);
  return Object.assign(helpers, { url, requests, violations, faults, close, [Symbol.asyncDispose]: close });
}
