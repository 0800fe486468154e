import type { Repository } from "../model.ts";
import { fullName, nodeId, type World } from "../state.ts";
import { presentAccount } from "./account.ts";

/** The address of a repository's REST resources. */
export function apiUrl(world: World, repository: Repository): string {
  return `${world.url}/repos/${fullName(repository)}`;
}

export function htmlUrl(world: World, repository: Repository): string {
  return `${world.url}/${fullName(repository)}`;
}

/** A branch, ref or file path as part of an address: slashes stay, everything else that needs it is percent-encoded. */
export function urlPath(path: string): string {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

const templates: Readonly<Record<string, string>> = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

/** A repository as REST and webhooks show it: the fields of the full form serve the shorter ones too. */
export function presentRepository(world: World, repository: Repository): Record<string, unknown> {
  const api = apiUrl(world, repository);
  const html = htmlUrl(world, repository);
  const host = world.url.replace(/^https?:\/\//, "");
  const openIssues = [...repository.issues.values()].filter((issue) => issue.state === "open").length;
  const forks = world.state.forksOf(repository).length;
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: presentAccount(world, repository.owner),
    html_url: html,
    description: repository.description,
    fork: repository.parent !== null,
    url: api,
    ...Object.fromEntries(Object.entries(templates).map(([key, suffix]) => [key, api + suffix])),
    git_url: `git://${host}/${fullName(repository)}.git`,
    ssh_url: `git@${host}:${fullName(repository)}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    forks_count: forks,
    forks,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    subscribers_count: 0,
    network_count: forks,
    size: 0,
    default_branch: repository.defaultBranch,
    open_issues_count: openIssues,
    open_issues: openIssues,
    is_template: false,
    topics: [],
    has_issues: repository.hasIssues,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    visibility: repository.private ? "private" : "public",
    pushed_at: repository.pushedAt,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    allow_forking: true,
    web_commit_signoff_required: false,
    allow_squash_merge: repository.mergeMethods.includes("squash"),
    allow_merge_commit: repository.mergeMethods.includes("merge"),
    allow_rebase_merge: repository.mergeMethods.includes("rebase"),
    allow_auto_merge: false,
    allow_update_branch: false,
    use_squash_pr_title_as_default: false,
    delete_branch_on_merge: repository.deleteBranchOnMerge,
    ...(repository.parent ? { parent: presentRepository(world, repository.parent) } : {}),
  };
}
