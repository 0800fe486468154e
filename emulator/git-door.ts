import type { IncomingMessage, ServerResponse } from "node:http";
import { pushRules } from "./actions/branch-rules.ts";
import { afterRefChanges } from "./actions/push.ts";
import { type Actor, accountOf, reaches } from "./actor.ts";
import { serveGit } from "./git/http.ts";
import { listRefs } from "./git/repository.ts";
import type { Repository } from "./model.ts";
import { atLeast, type World } from "./state.ts";

export interface GitAddress {
  readonly owner: string;
  readonly name: string;
  readonly path: string;
}

/** Whether a path is one that git asks for, and of which repository. */
export function parseGitPath(path: string): GitAddress | undefined {
  const match = /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/info\/refs|\/git-upload-pack|\/git-receive-pack)$/.exec(path);
  return match ? { owner: match[1]!, name: match[2]!, path: match[3]! } : undefined;
}

/** Serves clone, fetch and push, and after a push does what GitHub does. Returns the status. */
export async function handleGit(
  world: World,
  actor: Actor,
  address: GitAddress,
  request: IncomingMessage,
  response: ServerResponse,
  query: string,
): Promise<number> {
  const push = address.path === "/git-receive-pack" || query.includes("git-receive-pack");
  const repository = world.state.repository(address.owner, address.name);
  const access = repository ? accessOf(world, actor, repository) : "none";
  if (!repository || access === "none" || (push && access !== "write")) {
    return refuse(actor, repository !== undefined && access !== "none", response);
  }
  const login = actor.kind === "anonymous" ? "" : accountOf(actor).login;
  const { directory } = repository;
  const rules = push ? await hookRules(world, actor, repository) : [];
  const serve = () => serveGit(request, response, { directory, path: address.path, query, login, rules });
  const receive = async () => {
    const before = await listRefs(directory);
    await serve();
    const after = await listRefs(directory);
    const names = new Set([...before.keys(), ...after.keys()]);
    const changes = [...names]
      // What stands below refs/pull is written by the local GitHub itself.
      .filter((ref) => /^refs\/(heads|tags)\//.test(ref) && before.get(ref) !== after.get(ref))
      .map((ref) => ({ ref, before: before.get(ref), after: after.get(ref) }));
    if (changes.length > 0) await afterRefChanges(world, repository, accountOf(actor), changes);
  };
  await (address.path === "/git-receive-pack" ? repository.lock.run(receive) : serve());
  response.end();
  return response.statusCode;
}

function accessOf(world: World, actor: Actor, repository: Repository): "none" | "read" | "write" {
  if (actor.kind === "user") {
    const role = world.state.roleOf(actor.account, repository);
    if (atLeast(role, "write") && !repository.archived) return "write";
    return role === "none" ? "none" : "read";
  }
  const granted = actor.kind === "installation" && reaches(actor, repository) && actor.token.permissions.contents;
  return granted || (repository.private ? "none" : "read");
}

/** What the hook of the repository is told: `rule:ref` for every rule that binds whoever pushes. */
async function hookRules(world: World, actor: Actor, repository: Repository): Promise<string[]> {
  const free = repository.protections.size === 0 && repository.rulesets.length === 0;
  if (actor.kind === "anonymous" || free) return [];
  const branches = new Set(repository.protections.keys());
  for (const ref of (await listRefs(repository.directory, "refs/heads/")).keys()) branches.add(ref.slice(11));
  return [...branches].flatMap((branch) =>
    [...pushRules(world.state, accountOf(actor), repository, branch)].map((rule) => `${rule}:refs/heads/${branch}`),
  );
}

function refuse(actor: Actor, visible: boolean, response: ServerResponse): number {
  const status = actor.kind === "anonymous" ? 401 : visible ? 403 : 404;
  const headers = status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
  response.writeHead(status, { ...headers, "content-type": "text/plain" });
  response.end(status === 403 ? "Permission denied.\n" : "Repository not found.\n");
  return status;
}
