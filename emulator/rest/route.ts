import { type Actor, accountOf, appItself, canSee, reaches } from "../actor.ts";
import { found, HttpError, noAccess, notFound, refuseIf } from "../errors.ts";
import { resolveCommit } from "../git/repository.ts";
import type { Account, App, Issue, Permissions, PullIssue, Repository, Role } from "../model.ts";
import { atLeast, isPull, type World } from "../state.ts";

/** An answer before it is written. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set for answers that are not JSON. */
  readonly type?: string;
}

/** Who may call an operation. */
export interface Access {
  /** `jwt`: only an App itself. Otherwise permissions of which one suffices, e.g. `['issues:write']`; none: any. */
  readonly app?: "jwt" | "never" | readonly string[];
  /** The least role in the repository a person needs; `never` keeps people out. */
  readonly person?: Role | "never";
}

/** One REST operation, named as GitHub's OpenAPI description names it: `GET /repos/{owner}/{repo}`. */
export interface Route {
  readonly operation: string;
  readonly access: Access;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export function route(operation: string, access: Access, handle: Route["handle"]): Route {
  return { operation, access, handle };
}

/** A request that was matched, authenticated, authorised and parsed. */
export class Call {
  readonly world: World;
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  // biome-ignore lint/suspicious/noExplicitAny: the body was validated against GitHub's description of the operation.
  readonly body: any;
  readonly accept: string;
  readonly address: string;
  #repository: Repository | undefined;

  constructor(world: World, actor: Actor, request: Pick<Call, "params" | "query" | "body" | "accept" | "address">) {
    this.world = world;
    this.actor = actor;
    this.params = request.params;
    this.query = request.query;
    this.body = request.body;
    this.accept = request.accept;
    this.address = request.address;
  }

  get account(): Account {
    return accountOf(this.actor);
  }

  /** The App that calls for itself. */
  get app(): App {
    return appItself(this.actor);
  }

  get repository(): Repository {
    this.#repository ??= found(this.world.state.repository(this.param("owner"), this.param("repo")));
    return this.#repository;
  }

  param(name: string): string {
    return this.params[name] ?? "";
  }

  number(name: string): number {
    return Number(this.params[name]);
  }

  issue(name = "issue_number"): Issue {
    return found(this.repository.issues.get(this.number(name)));
  }

  pull(): PullIssue {
    const issue = this.issue("pull_number");
    return found(isPull(issue) && issue);
  }

  /** The account that a parameter of the path names. */
  accountNamed(name: string): Account {
    return found(this.world.state.account(this.param(name)));
  }

  /** The commit that a branch, tag or SHA names. */
  async commit(name: string): Promise<string> {
    return found(await resolveCommit(this.repository.directory, name), 422, `No commit found for SHA: ${name}`);
  }

  /** One page of a list, with the Link header. `wrap` builds the body; by default the items themselves. */
  async page<Item>(
    items: readonly Item[],
    present: (item: Item) => unknown,
    wrap: (shown: unknown[]) => unknown = (shown) => shown,
  ): Promise<Answer> {
    const size = Math.min(Math.max(Number(this.query.get("per_page") ?? 30) || 30, 1), 100);
    const page = Math.max(Number(this.query.get("page") ?? 1) || 1, 1);
    const last = Math.max(Math.ceil(items.length / size), 1);
    const shown = await Promise.all(items.slice((page - 1) * size, page * size).map(present));
    const link = this.#links({ first: 1, prev: page - 1, next: page + 1, last }, page, last);
    return { status: 200, body: wrap(shown), headers: link ? { link } : {} };
  }

  #links(pages: Record<string, number>, page: number, last: number): string {
    const wanted = Object.entries(pages).filter(([name]) =>
      name === "first" || name === "prev" ? page > 1 : page < last,
    );
    return wanted
      .map(([name, number]) => {
        const query = new URLSearchParams(this.query);
        query.set("page", String(number));
        return `<${this.address}?${query}>; rel="${name}"`;
      })
      .join(", ");
  }
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };
/** The bytes themselves, for a media type such as `diff`. */
export const raw = (type: string, body: Buffer): Answer => ({
  ...{ status: 200, body },
  type: `application/vnd.github.${type}; charset=utf-8`,
});

/** Throws what GitHub answers to somebody who may not do this. */
export function authorize(call: Call, access: Access): void {
  const { actor } = call;
  if (access.app === "jwt") {
    appItself(actor);
    return;
  }
  refuseIf(actor.kind === "app", 403, "Resource not accessible by integration");
  const needsRepository = "owner" in call.params && "repo" in call.params;
  if (needsRepository && !canSee(call, call.repository)) throw notFound();
  const writes = (access.person ?? "read") !== "read";
  if (actor.kind === "anonymous") {
    refuseIf(writes || !needsRepository, 401, "Requires authentication");
    return;
  }
  if (actor.kind === "installation") authorizeInstallation(call, access, actor.token.permissions, needsRepository);
  if (actor.kind === "user") authorizePerson(call, actor.account, access, needsRepository);
  refuseIf(needsRepository && call.repository.archived && writes, 403, "Repository was archived so is read-only.");
}

function authorizeInstallation(call: Call, access: Access, permissions: Permissions, needsRepository: boolean): void {
  if (access.app === "never") throw noAccess();
  if (access.app === undefined || access.app === "jwt") return;
  const granted = access.app.some((wanted) => {
    const [name = "", level = ""] = wanted.split(":");
    return permissions[name] === "write" || permissions[name] === level;
  });
  const covered = !needsRepository || reaches(call.actor, call.repository);
  const reads = access.app.every((wanted) => wanted.endsWith(":read"));
  // A public repository outside the installation can be read like any public repository.
  const readable = reads && needsRepository && !call.repository.private;
  const allowed = covered ? granted || access.app.includes("metadata:read") : readable;
  if (!allowed) throw noAccess();
}

function authorizePerson(call: Call, account: Account, { person = "read" }: Access, needsRepository: boolean): void {
  if (person === "never") throw new HttpError(403, "You must authenticate via a GitHub App.");
  if (!needsRepository) return;
  const role = call.world.state.roleOf(account, call.repository);
  if (!atLeast(role, person)) {
    throw person === "admin" ? notFound() : new HttpError(403, "Must have write access to the repository.");
  }
}
