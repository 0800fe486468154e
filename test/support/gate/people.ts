import type { LocalApp } from "../local-app.ts";
import { type Base, bases, type PolicyKind, policies, type Step } from "./steps.ts";

const policyPath = ".github/modelsync.yml";

/** An open pull request as GitHub has it, and whether a gate that knows everything would let it pass. */
export interface Pull {
  number: number;
  headSha: string;
  base: Base;
  passes: boolean;
}

/** The people who work in one repository: what they do, and what is so after it, by GitHub's own word. */
export class People {
  readonly #local: LocalApp;
  readonly #repository: LocalApp["repository"];
  readonly #policies: Record<Base, PolicyKind>;
  readonly #issues: number[] = [];
  readonly #branches = new Map<number, string>();
  /** Pull requests whose comment was deleted: it comes again with the next thing that there is to say. */
  readonly uncommented = new Set<number>();
  #count = 0;

  private constructor(local: LocalApp, present: Record<Base, PolicyKind>) {
    this.#local = local;
    this.#repository = { ...local.repository };
    this.#policies = present;
  }

  /** Two base branches that require the App's check. Returns their policies, which are those of every sequence after the other. */
  static async prepare(local: LocalApp): Promise<Record<Base, PolicyKind>> {
    await local.commit("main", { [policyPath]: textOf("block") });
    await local.commit("release", { "release.txt": "1" });
    for (const branch of bases) {
      await local.ada.rest.repos.updateBranchProtection({
        ...{
          ...local.repository,
          branch,
          enforce_admins: true,
          required_pull_request_reviews: null,
          restrictions: null,
        },
        required_status_checks: {
          strict: false,
          contexts: [],
          checks: [{ context: `ModelSync: ${branch}`, app_id: local.appId }],
        },
      });
    }
    return { main: "block", release: "block" };
  }

  /** Two issues, and two pull requests of which one is linked to an issue, under the policy that each sequence begins with. */
  static async begin(local: LocalApp, present: Record<Base, PolicyKind>): Promise<People> {
    const people = new People(local, present);
    for (const base of bases) await people.#setPolicy(base, "block");
    people.#issues.push(await local.issue(), await local.issue());
    for (const body of [`Closes #${people.#issues[0]}`, ""]) {
      const branch = `change-${people.#issues[0]}-${++people.#count}`;
      await local.commit(branch, { [`${branch}.txt`]: branch });
      people.#branches.set(await local.open(branch, { body }), branch);
    }
    return people;
  }

  /** Closes what is open still. */
  async end(): Promise<void> {
    for (const { number } of await this.look()) {
      await this.#local.ada.rest.pulls.update({ ...this.#repository, pull_number: number, state: "closed" });
    }
  }

  /** Does a step that is a person's. Returns whether GitHub let it happen; null when it is none. */
  async act(step: Step): Promise<boolean | null> {
    const work = this.#workOf(step);
    if (work === null) return null;
    return work.then(
      () => true,
      (error) => {
        if (error.status >= 400 && error.status < 500) return false;
        throw error;
      },
    );
  }

  /** What is open now. */
  async look(): Promise<Pull[]> {
    const { ada } = this.#local;
    const [pulls, issues] = await Promise.all([
      ada.rest.pulls.list({ ...this.#repository, state: "open", per_page: 100 }),
      ada.rest.issues.listForRepo({ ...this.#repository, state: "all", per_page: 100 }),
    ]);
    const states = new Map(issues.data.map(({ number, state }) => [number, state]));
    const pages = pulls.data.map(async ({ number, head, base, body }) => {
      const linked = /^Closes #(\d+)/.exec(body ?? "")?.[1];
      const fine = judge(
        this.#policies[base.ref as Base],
        linked === undefined ? null : (states.get(Number(linked)) ?? null),
      );
      const passes = fine || (await this.#isContained(head.sha, base.ref));
      return { number, headSha: head.sha, base: base.ref as Base, passes };
    });
    return Promise.all(pages);
  }

  /** Whether a branch has no commit that its base lacks: then there is nothing to review. */
  async #isContained(headSha: string, base: string): Promise<boolean> {
    const basehead = `${base}...${headSha}`;
    const { data } = await this.#local.ada.rest.repos.compareCommitsWithBasehead({ ...this.#repository, basehead });
    return data.ahead_by === 0;
  }

  /** The pull request that a step's number means. */
  pull(index: number): number {
    const numbers = [...this.#branches.keys()];
    return numbers[index % numbers.length]!;
  }

  #workOf(step: Step): Promise<unknown> | null {
    const { ada } = this.#local;
    const edit = (pull: number, fields: { body?: string; base?: string; state?: "open" | "closed" }) =>
      ada.rest.pulls.update({ ...this.#repository, pull_number: this.pull(pull), ...fields });
    switch (step.do) {
      case "push":
        return this.#local.commit(this.#branchOf(step.pull), { [`more-${this.#issues[0]}-${++this.#count}.txt`]: "1" });
      case "push the head of another":
        return this.#align(this.#branchOf(step.pull), this.#branchOf(step.other));
      case "open a twin":
        return this.#openTwin(step.pull, step.linked);
      case "text":
        return edit(step.pull, { body: step.issue === null ? "" : `Closes #${this.#issues[step.issue]}` });
      case "close or reopen issue":
        return this.#toggleIssue(this.#issues[step.issue]!);
      case "close or reopen":
        return this.#togglePull(step.pull);
      case "base":
        return edit(step.pull, { base: step.base });
      case "policy":
        return this.#setPolicy(step.base, step.policy);
      case "rerun":
        return this.#rerun(step.pull);
      case "merge":
      case "merge at rest":
        return ada.rest.pulls.merge({ ...this.#repository, pull_number: this.pull(step.pull) });
      case "delete comment":
        return this.#deleteComment(this.pull(step.pull));
      default:
        return null;
    }
  }

  #branchOf(pull: number): string {
    return this.#branches.get(this.pull(pull))!;
  }

  async #head(branch: string): Promise<string> {
    return (await this.#local.ada.rest.git.getRef({ ...this.#repository, ref: `heads/${branch}` })).data.object.sha;
  }

  async #align(branch: string, other: string): Promise<void> {
    const sha = await this.#head(other);
    await this.#local.ada.rest.git.updateRef({ ...this.#repository, ref: `heads/${branch}`, sha, force: true });
  }

  async #openTwin(pull: number, linked: boolean): Promise<void> {
    // More than four pull requests show nothing that four don't.
    if (this.#branches.size >= 4) return;
    const branch = `twin-${this.#issues[0]}-${++this.#count}`;
    const sha = await this.#head(this.#branchOf(pull));
    await this.#local.ada.rest.git.createRef({ ...this.#repository, ref: `refs/heads/${branch}`, sha });
    const body = linked ? `Closes #${this.#issues[1]}` : "";
    this.#branches.set(await this.#local.open(branch, { body }), branch);
  }

  async #toggleIssue(issue_number: number): Promise<void> {
    const wanted = { ...this.#repository, issue_number };
    const { data } = await this.#local.ada.rest.issues.get(wanted);
    await this.#local.ada.rest.issues.update({ ...wanted, state: data.state === "open" ? "closed" : "open" });
  }

  async #togglePull(pull: number): Promise<void> {
    const wanted = { ...this.#repository, pull_number: this.pull(pull) };
    const { data } = await this.#local.ada.rest.pulls.get(wanted);
    await this.#local.ada.rest.pulls.update({ ...wanted, state: data.state === "open" ? "closed" : "open" });
  }

  async #setPolicy(base: Base, kind: PolicyKind): Promise<void> {
    if (this.#policies[base] === kind) return;
    await this.#local.commit(base, { [policyPath]: textOf(kind) });
    this.#policies[base] = kind;
  }

  async #rerun(pull: number): Promise<void> {
    const ref = await this.#head(this.#branchOf(pull));
    const { data } = await this.#local.ada.rest.checks.listForRef({ ...this.#repository, ref });
    const [run] = data.check_runs;
    if (run) this.#local.github.rerequestRun(run.id, "ada");
  }

  async #deleteComment(number: number): Promise<void> {
    const [own] = (await this.#local.comments(number)).filter(({ login }) => login === "modelsync[bot]");
    if (!own) return;
    this.uncommented.add(number);
    await this.#local.ada.rest.issues.deleteComment({ ...this.#repository, comment_id: own.id });
  }
}

function textOf(kind: PolicyKind): string | null {
  const text = policies[kind];
  return text === null ? null : `version: 1\nmodels: []\n${text}`;
}

/** Says what a policy must lead to, in a few words of its own. */
function judge(policy: PolicyKind, issue: string | null): boolean {
  switch (policy) {
    case "off":
      return true;
    case "block":
      return issue !== null;
    case "strict":
      return issue === "open";
    case "broken":
    case "removed":
      return false;
  }
}
