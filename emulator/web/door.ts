import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import { readBlob, readEntry } from "../git/objects.ts";
import { resolveCommit } from "../git/repository.ts";
import type { Repository } from "../model.ts";
import type { Answer } from "../rest/route.ts";
import { decode } from "../rest/router.ts";
import { fullName, isPull, type World } from "../state.ts";
import { viewHome, viewIssue, viewPull, viewRepository, viewRun } from "./views.ts";

/** Read once; a page is compiled when it is first shown. */
const file = (name: string) => readFileSync(new URL(`../pages/${name}`, import.meta.url), "utf8");
const names = ["layout", "home", "repository", "pull", "issue", "run", "missing"] as const;
const templates = Object.fromEntries(
  names.map((name) => [name, Handlebars.compile(file(`${name}.hbs`), { strict: true })]),
) as Record<(typeof names)[number], Handlebars.TemplateDelegate>;
const style = file("style.css");

/** No script ever runs on these pages, and nothing is loaded from elsewhere. */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const headers = { "content-security-policy": policy, "x-content-type-options": "nosniff", "cache-control": "no-store" };

/** A whole page: the named template inside the layout. Every value is escaped; only `{{{ }}}` is not. */
function page(name: keyof typeof templates, title: string, view: object, status = 200): Answer {
  const text = templates.layout({ title, content: templates[name](view) });
  return send(status, "text/html; charset=utf-8", text);
}

function send(status: number, type: string, text: string | Buffer): Answer {
  return { status, type, headers, body: Buffer.isBuffer(text) ? text : Buffer.from(text) };
}

const missing = (): Answer => page("missing", "Not found", {}, 404);

/** The pages for people: repositories, pull requests, issues, check runs and files, to look at only. */
export async function answerPage(world: World, method: string, path: string): Promise<Answer> {
  if (method !== "GET" && method !== "HEAD") return send(405, "text/plain", "This page is to look at only.\n");
  if (path === "/") return page("home", "Local GitHub", viewHome(world));
  if (path === "/local-github.css") return send(200, "text/css; charset=utf-8", style);
  const parts = path.split("/").slice(1).map(decode);
  if (parts.includes(undefined)) return missing();
  const [owner = "", name = "", kind = "", ...rest] = parts as string[];
  const repository = world.state.repository(owner, name);
  return repository ? answerAbout(world, repository, kind, rest) : missing();
}

async function answerAbout(world: World, repository: Repository, kind: string, rest: readonly string[]) {
  const number = Number(rest[0]);
  const issue = repository.issues.get(number);
  if (kind === "") return page("repository", fullName(repository), viewRepository(world, repository));
  if (kind === "pull" && issue && isPull(issue)) {
    return page("pull", `${issue.title} #${issue.number}`, await viewPull(world, issue));
  }
  if (kind === "issues" && issue && !isPull(issue)) {
    return page("issue", `${issue.title} #${issue.number}`, viewIssue(world, issue));
  }
  const run = kind === "runs" ? repository.runs.find(({ id }) => id === number) : undefined;
  if (run) return page("run", run.name, viewRun(repository, run));
  if (kind === "blob" || kind === "raw") return showFile(repository, rest);
  return missing();
}

/** A file of any revision as plain text, so that a browser shows it and never runs it. A branch may hold slashes. */
async function showFile(repository: Repository, parts: readonly string[]): Promise<Answer> {
  for (let length = 1; length < parts.length; length += 1) {
    const commit = await resolveCommit(repository.directory, parts.slice(0, length).join("/"));
    const path = parts.slice(length).join("/");
    const entry = commit ? await readEntry(repository.directory, commit, path) : undefined;
    if (entry?.type === "blob")
      return send(200, "text/plain; charset=utf-8", await readBlob(repository.directory, entry.sha));
  }
  return missing();
}
