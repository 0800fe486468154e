import type { Issue, PullIssue, Repository } from "../model.ts";
import { fullName, type World } from "../state.ts";

const reference =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:(?:https?:\/\/[^\s/]+\/)?([\w.-]+\/[\w.-]+)(?:#|\/issues\/)|GH-|#)(\d+)\b/gi;

/** The issues that merging closes: linked by hand, or named in the text when the default branch is the target. */
export function closingIssues(world: World, issue: PullIssue): Issue[] {
  const { repository, pull } = issue;
  const linked = [...pull.linked].flatMap((id) => world.state.allIssues().filter((one) => one.id === id));
  const named = pull.base.ref === repository.defaultBranch ? namedIssues(world, repository, issue.body ?? "") : [];
  return [...new Set([...linked, ...named])].filter((one) => one !== issue && one.pull === null);
}

function namedIssues(world: World, repository: Repository, text: string): Issue[] {
  return namedReferences(text).flatMap(({ repository: name, number }) => {
    const [owner = "", repo = ""] = (name ?? fullName(repository)).split("/");
    return world.state.repository(owner, repo)?.issues.get(number) ?? [];
  });
}

/** What a text says with a closing keyword: `repository` is `owner/name`, undefined for the text's own. */
export function namedReferences(text: string): { repository: string | undefined; number: number }[] {
  return [...plainText(text).matchAll(reference)].map(([, repository, number]) => ({
    repository,
    number: Number(number),
  }));
}

/** The text without code and HTML comments, where keywords do not count. */
function plainText(text: string): string {
  return text
    .replaceAll(/<!--[\s\S]*?(-->|$)/g, " ")
    .replaceAll(/^ {0,3}(```+|~~~+)[\s\S]*?(^ {0,3}\1|$(?![\s\S]))/gm, " ")
    .replaceAll(/(`+)[\s\S]*?[^`]\1(?!`)/g, " ");
}
