const actions: Readonly<Record<string, readonly string[]>> = {
  pull_request: [
    ...["opened", "edited", "closed", "reopened", "synchronize", "labeled", "unlabeled", "ready_for_review"],
    ...["converted_to_draft", "review_requested"],
  ],
  pull_request_review: ["submitted", "dismissed"],
  issues: ["opened", "edited", "closed", "reopened", "labeled", "unlabeled", "deleted", "transferred"],
  issue_comment: ["created", "edited", "deleted"],
  check_run: ["created", "completed", "rerequested", "requested_action"],
  check_suite: ["requested", "rerequested"],
  installation: ["created", "deleted", "suspend", "unsuspend"],
  installation_repositories: ["added", "removed"],
  repository: ["renamed", "deleted"],
};

/** Every webhook that the local GitHub sends, as `event` or `event.action`. */
export const servedEvents: readonly string[] = [
  ...["push", "create", "delete"],
  ...Object.entries(actions).flatMap(([event, names]) => names.map((action) => `${event}.${action}`)),
];
