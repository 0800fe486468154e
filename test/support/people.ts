import { Octokit } from "@octokit/rest";
import type { LocalApp } from "./local-app.ts";

const quiet = () => {};

/** Adds a person with a role in `acme/income`; without one, a stranger. */
export async function aPerson(
  { github, ada, repository }: LocalApp,
  login: string,
  permission: "pull" | "push" | "maintain" | null,
): Promise<Octokit> {
  const auth = github.createUser(login);
  if (permission !== null) {
    github.addMember("acme", login);
    await ada.rest.repos.addCollaborator({ ...repository, username: login, permission });
  }
  return new Octokit({ auth, baseUrl: github.url, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } });
}

/** Writes a comment and waits until everything that it caused was worked off. */
export async function say(local: LocalApp, person: Octokit, number: number, body: string): Promise<number> {
  const { data } = await person.rest.issues.createComment({ ...local.repository, issue_number: number, body });
  await local.settle();
  return data.id;
}

/** The App's reactions to a comment. */
export async function reactionsTo(local: LocalApp, id: number): Promise<string[]> {
  const { data } = await local.ada.rest.reactions.listForIssueComment({ ...local.repository, comment_id: id });
  return data.filter(({ user }) => user?.login === "modelsync[bot]").map(({ content }) => content);
}

/** What the App wrote on a pull request beyond its report. */
export async function repliesOn(local: LocalApp, number: number): Promise<string[]> {
  const comments = await local.comments(number);
  const own = comments.filter(({ login, body }) => login === "modelsync[bot]" && !body.includes("modelsync:report"));
  return own.map(({ body }) => body);
}

/** The App's report on a pull request. */
export async function reportOn(local: LocalApp, number: number): Promise<string> {
  const comments = await local.comments(number);
  const found = comments.find(({ login, body }) => login === "modelsync[bot]" && body.includes("modelsync:report"));
  return found?.body ?? "";
}
