import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalGitHub, startLocalGitHub } from "../../emulator/index.ts";
import { keysOf } from "../fixtures/github/keys-of.ts";

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly person: "a" | "b";
  readonly accept: string;
  readonly body?: unknown;
  readonly status: number;
  readonly keys: readonly string[];
}

const { scenarios } = JSON.parse(
  readFileSync(new URL("../fixtures/github/recorded-answers.json", import.meta.url), "utf8"),
) as { scenarios: { scenario: string; answers: Recorded[] }[] };

const owner = "octokit-fixture-org";
let github: LocalGitHub;
let tokens: Record<Recorded["person"], string>;

beforeAll(async () => {
  github = await startLocalGitHub();
  tokens = { a: github.createUser("octokit-fixture-user-a"), b: github.createUser("octokit-fixture-user-b") };
  github.createOrganization(owner, "octokit-fixture-user-a");
  await github.createRepository({ owner, name: "hello-world", autoInit: true });
});
afterAll(() => github.close());

/** Operations that GitHub's description no longer has, so that nothing here answers them. */
const gone = new Set([`GET /repos/${owner}/git-refs/git/refs/`]);

/** What stands in recordings under made-up names and numbers. */
interface Known {
  readonly sha: string;
  readonly repository: number;
  invitation: number;
}

const send = (answer: Recorded, known: Known) => {
  const replaced = (text: string) =>
    text
      .replaceAll(/0{39}[1-9]/g, known.sha)
      .replace(/^\/repositories\/1000\b/, `/repositories/${known.repository}`)
      .replace(/repository_invitations\/1000$/, `repository_invitations/${known.invitation}`);
  const { method, path, person, accept, body } = answer;
  return fetch(`${github.url}${replaced(path)}`, {
    method,
    headers: { authorization: `token ${tokens[person]}`, accept },
    redirect: "manual",
    body: body === undefined ? null : replaced(JSON.stringify(body)),
  });
};

/** What a scenario needs before its first request. */
async function prepare(scenario: string): Promise<Known> {
  const { id } = await github.createRepository({ owner, name: scenario, autoInit: true });
  const headers = { authorization: `token ${tokens.a}` };
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(`${github.url}/repos/${owner}/${scenario}${path}`, {
      headers,
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    });
    return answer.json();
  };
  const issues = { "lock-issue": 1, "paginate-issues": 13 }[scenario] ?? 0;
  for (let at = 0; at < issues; at += 1) await ask("/issues", { title: `Issue ${at + 1}` });
  if (scenario === "branch-protection") github.createTeam(owner, "a-team", [], { [`${owner}/${scenario}`]: "write" });
  if (scenario === "labels") await ask("/labels", { name: "bug", color: "d73a4a", description: "Broken" });
  const { object } = (await ask("/git/ref/heads/main")) as { object: { sha: string } };
  return { sha: object.sha, repository: id, invitation: 0 };
}

describe("the answers that GitHub gave", () => {
  it.each(scenarios.map(({ scenario, answers }) => [scenario, answers] as const))(
    "in %s",
    async (scenario, answers) => {
      const known = await prepare(scenario);
      const differences: unknown[] = [];
      for (const recorded of answers) {
        const name = `${recorded.method} ${recorded.path}`;
        if (gone.has(name)) continue;
        const answer = await send(recorded, known);
        const text = await answer.text();
        const isJson = answer.headers.get("content-type")?.includes("json");
        const body: unknown = isJson ? JSON.parse(text) : undefined;
        if (scenario.startsWith("add-and") && isJson) known.invitation ||= (body as { id?: number }).id ?? 0;
        const ours = new Set(keysOf(body));
        const missing = recorded.keys.filter((key) => !ours.has(key));
        if (answer.status !== recorded.status || missing.length > 0) {
          differences.push({ name, status: [recorded.status, answer.status], missing, text: text.slice(0, 300) });
        }
      }
      expect(differences).toEqual([]);
      expect(github.violations).toEqual([]);
    },
  );
});
