import type { Outcome } from "./closing-table.ts";
import type { Person } from "./person.ts";
import type { Expected, Scenario } from "./scenario.ts";
import type { Timeline } from "./timeline.ts";

const checkName = "ModelSync: main";

/** A scenario whose branch is pushed and whose pull request is open. */
export interface Opened {
  scenario: Scenario;
  pullRequest: number;
  issue: number;
  head: string;
}

interface Answer {
  conclusion: string;
  title: string;
  completedAt: string;
}

/** Opens the issue and the pull request of a scenario by pushing a real branch. */
export async function open(scenario: Scenario, person: Person, timeline: Timeline): Promise<Opened> {
  const issue = await person.openIssue(scenario.issue.title, scenario.issue.body, ["model"]);
  const head = await person.pushBranch(scenario.branch, scenario.commit, scenario.change);
  const pullRequest = await person.openPullRequest(scenario.branch, scenario.title, scenario.body(issue));
  timeline.say(`opens #${pullRequest} "${scenario.title}" (${head.slice(0, 7)})`);
  return { scenario, pullRequest, issue, head };
}

/** Waits for the verdict, tries to merge, plays the repairs; returns how it ended, one outcome for each attempt. */
export async function play(opened: Opened, person: Person, timeline: Timeline, page: string): Promise<Outcome[]> {
  const { scenario, pullRequest, issue, head } = opened;
  timeline.heading(`#${pullRequest} ${scenario.title}`);
  const outcomes: Outcome[] = [];

  const attempt = async (label: string, expected: Expected, since: Answer | null): Promise<Answer> => {
    const answer = await timeline.while(`waiting for the verdict on #${pullRequest}`, verdict(person, head, since));
    timeline.say(`${answer.conclusion === "success" ? "✓" : "✗"} ${answer.title}`);
    const { merged, message } = await person.tryMerge(pullRequest);
    timeline.say(merged ? `merged: ${message}` : `merge refused: ${message}`);
    outcomes.push({
      pullRequest: label,
      verdict: answer.conclusion === "success" ? "pass" : "fail",
      reason: answer.title,
      merge: merged ? "merged" : "refused",
      unexpected: differs(expected, answer, merged),
      page,
    });
    return answer;
  };

  let last = await attempt(`#${pullRequest} ${scenario.title}`, scenario.expected, null);
  for (const repair of scenario.repairs) {
    timeline.say(repair.says);
    if (repair.pullRequestBody) await person.editPullRequest(pullRequest, repair.pullRequestBody(issue));
    if (repair.issueBody) await person.editIssue(issue, repair.issueBody);
    last = await attempt(`#${pullRequest} … ${repair.label}`, repair.expected, last);
  }
  return outcomes;
}

function differs(expected: Expected, answer: Answer, merged: boolean): string | null {
  if (answer.conclusion === expected.conclusion && merged === expected.merged) return null;
  return `expected ${expected.conclusion} and ${expected.merged ? "merged" : "refused"}`;
}

/** The completed check run on `head`; with `since`, one that says something else than that answer. */
async function verdict(person: Person, head: string, since: Answer | null): Promise<Answer> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const run = await person.checkRun(head, checkName);
    if (run?.status === "completed") {
      const answer = {
        conclusion: run.conclusion ?? "",
        title: run.output.title ?? "",
        completedAt: run.completed_at ?? "",
      };
      if (since === null || answer.title !== since.title || answer.conclusion !== since.conclusion) return answer;
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return { conclusion: "none", title: `no ${since === null ? "" : "new "}verdict within a minute`, completedAt: "" };
}
