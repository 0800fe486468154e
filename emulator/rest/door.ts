import { createHash } from "node:crypto";
import type { Actor } from "../actor.ts";
import { HttpError, notFound, refuseIf } from "../errors.ts";
import type { OpenApi } from "../schema/openapi.ts";
import { fullName, type World } from "../state.ts";
import { inMediaType } from "./media-types.ts";
import { type Answer, authorize, Call, type Route } from "./route.ts";
import { Router } from "./router.ts";

export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly accept: string;
  readonly etag: string | undefined;
}

/** A broken promise: what a request or an answer did against GitHub's own description. */
export interface Violation {
  readonly side: "request" | "answer" | "graphql" | "webhook";
  readonly operation: string;
  readonly message: string;
}

/** Serves the REST interface: match, check against the description, authorise, handle, check the answer. */
export class RestDoor {
  readonly #world: World;
  readonly #router: Router;
  readonly #openApi: OpenApi;
  readonly #violations: Violation[];

  constructor(world: World, routes: readonly Route[], openApi: OpenApi, violations: Violation[]) {
    this.#world = world;
    this.#router = new Router(routes);
    this.#openApi = openApi;
    this.#violations = violations;
  }

  /** The operation a request names, for the log and for faults. */
  operationOf(method: string, path: string): string | undefined {
    return this.#router.match(method, this.#byName(path))?.route.operation;
  }

  async handle(actor: Actor, request: RestRequest): Promise<Answer> {
    const path = this.#byName(request.path);
    const match = this.#router.match(request.method, path);
    if (!match) {
      this.#violations.push({ side: "request", operation: `${request.method} ${path}`, message: "unknown operation" });
      return answerOf(notFound());
    }
    const { route, params } = match;
    const moved = this.#redirect(request.method, path, params, request.query);
    if (moved) return moved;
    const answer = await this.#perform(actor, request, route, params);
    const checked = this.#checked(route.operation, answer);
    if (checked.type !== undefined) return withEtag(checked, request);
    return withEtag({ ...checked, body: inMediaType(checked.body, request.accept) }, request);
  }

  async #perform(actor: Actor, request: RestRequest, route: Route, params: Record<string, string>): Promise<Answer> {
    try {
      const body = parseBody(request.body);
      const { query, accept } = request;
      const address = this.#world.url + request.path;
      const call = new Call(this.#world, actor, { params, query, body, accept, address });
      authorize(call, route.access);
      const findings = this.#openApi.checkRequest(route.operation, params, query, body);
      for (const { message } of findings) {
        this.#violations.push({ side: "request", operation: route.operation, message });
      }
      const fatal = findings.filter((finding) => finding.fatal);
      refuseIf(fatal.length > 0, 422, `Invalid request.\n\n${fatal.map(({ message }) => message).join("\n")}`);
      return await route.handle(call);
    } catch (error) {
      if (error instanceof HttpError) return answerOf(error);
      throw error;
    }
  }

  #checked(operation: string, answer: Answer): Answer {
    if (answer.type !== undefined) return answer;
    // What is checked is what will be sent: undefined values and the like are gone by then.
    const body = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
    const messages = this.#openApi.checkAnswer(operation, answer.status, body);
    if (messages.length === 0) return answer;
    for (const message of messages) this.#violations.push({ side: "answer", operation, message });
    return {
      status: 500,
      body: { message: "The answer does not follow the description of GitHub.", errors: messages },
    };
  }

  /** `/repositories/{id}/…` is the same as `/repos/{owner}/{repo}/…`. */
  #byName(path: string): string {
    const match = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
    const repository = match && this.#world.state.repositories.get(Number(match[1]));
    return repository ? `/repos/${fullName(repository)}${match[2] ?? ""}` : path;
  }

  /** Former names of a repository answer 301 (307 for writes) with the address by id. */
  #redirect(method: string, path: string, params: Record<string, string>, query: URLSearchParams): Answer | undefined {
    const { owner, repo } = params;
    if (!owner || !repo) return undefined;
    const repository = this.#world.state.repository(owner, repo);
    // It may have its former name again.
    const asked = `${owner}/${repo}`.toLowerCase();
    if (!repository?.formerNames.includes(asked) || fullName(repository).toLowerCase() === asked) return undefined;
    const rest = path.split("/").slice(4).join("/");
    const search = query.size > 0 ? `?${query}` : "";
    const url = `${this.#world.url}/repositories/${repository.id}${rest ? `/${rest}` : ""}${search}`;
    const body = { message: "Moved Permanently", url, documentation_url: "https://docs.github.com/rest" };
    return { status: method === "GET" ? 301 : 307, body, headers: { location: url } };
  }
}

function parseBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new HttpError(400, "Problems parsing JSON");
  }
}

export function answerOf(error: HttpError): Answer {
  return { status: error.status, body: error.body(), headers: error.headers };
}

/** Gives reads an ETag, and 304 to those who have it already. */
function withEtag(answer: Answer, request: RestRequest): Answer {
  if (request.method !== "GET" || answer.status !== 200) return answer;
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body);
  const etag = `"${createHash("sha256").update(bytes).digest("hex")}"`;
  const headers = { ...answer.headers, etag };
  const known = request.etag?.replace(/^W\//, "") === etag;
  return known ? { status: 304, headers } : { ...answer, headers };
}
