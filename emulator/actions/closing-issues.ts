// The words that close an issue are GitHub's; what reads them stands once, in the product.
import { parseClosingKeywords } from "../../src/criteria/closing-keywords.ts";
import { readCommits } from "../git/commits.ts";
import type { Account, Issue, PullIssue, Repository } from "../model.ts";
import { atLeast, type World } from "../state.ts";
import { setIssueState } from "./issues.ts";

/** The issues that merging closes: linked by hand, or named in the text when the default branch is the target. */
export function closingIssues(world: World, issue: PullIssue): Issue[] {
  const { repository, pull } = issue;
  const linked = [...pull.linked].flatMap((id) => world.state.allIssues().filter((one) => one.id === id));
  const counts = pull.base.ref === repository.defaultBranch;
  const named = counts ? namedIssues(world, repository, issue.body ?? "", "pull-request") : [];
  return [...new Set([...linked, ...named])].filter((one) => one !== issue && one.pull === null);
}

function namedIssues(world: World, repository: Repository, text: string, place: "pull-request" | "commit-message") {
  const here = { owner: repository.owner.login, repo: repository.name, host: new URL(world.url).hostname };
  return parseClosingKeywords(text, here, place).flatMap(
    ({ owner, repo, number }) => world.state.repository(owner, repo)?.issues.get(number) ?? [],
  );
}

/** Closes these for somebody who may; in another repository that takes write access there. */
export function closeAll(world: World, from: Repository, sender: Account, issues: readonly Issue[]): void {
  for (const issue of issues) {
    const { repository } = issue;
    const may = repository === from || atLeast(world.state.roleOf(sender, repository), "write");
    if (may && issue.pull === null) setIssueState(world, issue, sender, "closed", "completed");
  }
}

/** Commits that reach the default branch close the issues that their messages name, whatever brought them there. */
export async function closeNamedByCommits(
  world: World,
  repository: Repository,
  sender: Account,
  range: readonly string[],
): Promise<void> {
  for (const { message } of await readCommits(repository.directory, ["--reverse", ...range])) {
    closeAll(world, repository, sender, namedIssues(world, repository, message, "commit-message"));
  }
}
