import type { IncomingMessage, ServerResponse } from "node:http";
import { type Actor, authenticate, describeActor } from "./actor.ts";
import { HttpError, refuseIf } from "./errors.ts";
import { type Faults, type LoggedRequest, rateLimitAnswer } from "./faults.ts";
import { handleGit, parseGitPath } from "./git-door.ts";
import type { GraphQlDoor } from "./graphql/door.ts";
import { RateLimitError, type RateLimits } from "./rate-limits.ts";
import { restRoots, underApiV3 } from "./rest/api-root.ts";
import { answerOf, type RestDoor } from "./rest/door.ts";
import type { Answer } from "./rest/route.ts";
import type { SecondaryLimits } from "./secondary-limits.ts";
import type { World } from "./state.ts";
import { answerPage } from "./web/door.ts";

/** GitHub refuses longer requests; uploads of files go up to 100 MB in base64. */
const longestBody = 150_000_000;

export interface Doors {
  readonly world: World;
  readonly rest: RestDoor;
  readonly graphql: GraphQlDoor;
  readonly faults: Faults;
  readonly limits: RateLimits;
  /** Absent: nobody is too fast. */
  readonly secondary: SecondaryLimits | undefined;
  readonly requests: LoggedRequest[];
  /** Called for errors that are our own. */
  readonly onError: (operation: string, error: unknown) => void;
}

/** Leads each request to the door it is for: git, REST, GraphQL or a page. */
export async function handleRequest(doors: Doors, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", doors.world.url);
  const path = url.pathname.replace(/^\/api\/(v3(?=\/|$)|(?=graphql$))/, "").replace(/^(?!\/)/, "/");
  const git = parseGitPath(path);
  if (git) {
    const { actor } = identify(doors.world, request);
    const entry = log(doors, request, path, `git ${git.path.split("/").at(-1)}`, actor);
    entry.status = await handleGit(doors.world, actor, git, request, response, url.search.slice(1));
    return;
  }
  const root = path.split("/")[1] ?? "";
  if (restRoots.includes(root) || path === "/graphql")
    return handleApi(doors, request, response, path, url.searchParams);
  write(response, request.method ?? "GET", await answerPage(doors.world, request.method ?? "GET", path));
}

function log(
  doors: Doors,
  request: IncomingMessage,
  path: string,
  operation: string | undefined,
  actor: Actor,
  body?: unknown,
): LoggedRequest {
  const [method, at] = [request.method ?? "GET", Date.now()];
  const entry = { method, path, operation, actor: describeActor(actor), at, status: 0, body };
  doors.requests.push(entry);
  return entry;
}

/** Who is asking; with what GitHub answers to them when their credentials are not good. */
function identify(world: World, request: IncomingMessage): { actor: Actor; refusal?: HttpError } {
  try {
    return { actor: authenticate(world.state, request.headers.authorization) };
  } catch (error) {
    if (error instanceof HttpError) return { actor: { kind: "anonymous" }, refusal: error };
    throw error;
  }
}

/** GitHub serves no client that does not say what it is. */
const nameless: ReturnType<typeof identify> = {
  actor: { kind: "anonymous" },
  refusal: new HttpError(
    403,
    "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.",
  ),
};

async function handleApi(
  doors: Doors,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<void> {
  const method = request.method ?? "GET";
  const bytes = await readBody(request);
  const isGraphQl = path === "/graphql";
  const operation = isGraphQl ? "POST /graphql" : doors.rest.operationOf(method, path);
  const { actor, refusal } = request.headers["user-agent"] ? identify(doors.world, request) : nameless;
  const entry = log(doors, request, path, operation, actor, bytes.length < 1_000_000 ? tryJson(bytes) : undefined);
  const caller = entry.actor;
  const resource = isGraphQl ? "graphql" : "core";
  const fault = doors.faults.take(entry);
  const perform = async (): Promise<Answer> => {
    if (refusal) throw refusal;
    if (path !== "/rate_limit") doors.limits.take(caller, resource);
    if (isGraphQl) return doors.graphql.handle(actor, bytes);
    const accept = request.headers.accept ?? "";
    const etag = request.headers["if-none-match"];
    return doors.rest.handle(actor, { method, path, query, body: bytes, accept, etag });
  };
  const key = `${caller} ${method} ${path}?${query} ${isGraphQl ? bytes.toString("utf8") : ""}`;
  const isMutation = /^\s*mutation\b/.test(String((entry.body as { query?: unknown } | undefined)?.query ?? ""));
  const wait = doors.secondary?.enter({ caller, method, operation, isMutation });
  const answer =
    wait === undefined
      ? await faulty(doors, entry, fault, key, perform).finally(() => doors.secondary?.leave(caller))
      : rateLimitAnswer({ secondary: true, seconds: wait });
  entry.status = answer.status;
  // An answer that spares the body costs nothing.
  if (answer.status === 304) doors.limits.giveBack(caller, resource);
  if (fault?.kind === "disconnect") {
    response.destroy();
    return;
  }
  const standard = { "x-github-request-id": String(doors.requests.length), "x-github-media-type": "github.v3" };
  const headers = { ...standard, ...doors.limits.headers(caller, resource), ...answer.headers };
  const sent = { ...answer, headers };
  const shown = (request.url ?? "").startsWith("/api/v3/") ? underApiV3(sent, doors.world.url) : sent;
  write(response, method, shown, fault?.kind === "break-off");
}

async function faulty(
  doors: Doors,
  entry: LoggedRequest,
  fault: ReturnType<Faults["take"]>,
  key: string,
  perform: () => Promise<Answer>,
): Promise<Answer> {
  const safe = async () => {
    try {
      const answer = await perform();
      if (entry.method === "GET" || entry.operation === "POST /graphql") doors.faults.remember(key, answer);
      return answer;
    } catch (error) {
      // GraphQL says so in its own way, with status 200.
      const isGraphQl = error instanceof RateLimitError && entry.operation === "POST /graphql";
      if (isGraphQl) return { status: 200, body: { errors: [{ type: "RATE_LIMITED", message: error.message }] } };
      if (error instanceof HttpError) return answerOf(error);
      doors.onError(entry.operation ?? entry.path, error);
      return { status: 500, body: { message: `Server Error: ${String(error)}` } };
    }
  };
  switch (fault?.kind) {
    case "status":
      return {
        ...answerOf(new HttpError(fault.status, fault.message ?? "Server Error")),
        headers: fault.headers ?? {},
      };
    case "after":
      await safe();
      return answerOf(new HttpError(fault.status, "Server Error"));
    case "rate-limit":
      return rateLimitAnswer(fault);
    case "delay":
      await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
      return safe();
    case "stale":
      return doors.faults.recall(key) ?? safe();
    default:
      return safe();
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    refuseIf(length > longestBody, 413, "Payload too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tryJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

function write(response: ServerResponse, method: string, answer: Answer, breaksOff = false): void {
  const isBytes = Buffer.isBuffer(answer.body);
  const bytes = isBytes
    ? (answer.body as Buffer)
    : Buffer.from(answer.body === undefined ? "" : JSON.stringify(answer.body));
  const type = answer.type ?? "application/json; charset=utf-8";
  const hasBody = answer.status !== 204 && answer.status !== 304;
  const about = hasBody ? { "content-type": type, "content-length": String(bytes.length) } : {};
  response.writeHead(answer.status, { ...about, ...answer.headers });
  if (breaksOff) {
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    return;
  }
  response.end(hasBody && method !== "HEAD" ? bytes : undefined);
}
