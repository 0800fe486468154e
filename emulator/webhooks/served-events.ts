/** One event that the local GitHub sends. */
interface ServedEvent {
  /** The permission that an App needs to hear of it at all. */
  permission?: string;
  /** Absent: it has none. */
  actions?: readonly string[];
}

const events: Readonly<Record<string, ServedEvent>> = {
  push: { permission: "contents" },
  create: { permission: "contents" },
  delete: { permission: "contents" },
  pull_request: {
    permission: "pull_requests",
    actions: [
      ...["opened", "edited", "closed", "reopened", "synchronize", "labeled", "unlabeled", "ready_for_review"],
      ...["converted_to_draft", "review_requested", "review_request_removed"],
    ],
  },
  pull_request_review: { permission: "pull_requests", actions: ["submitted", "dismissed"] },
  issues: {
    permission: "issues",
    actions: ["opened", "edited", "closed", "reopened", "labeled", "unlabeled", "deleted", "transferred"],
  },
  issue_comment: { actions: ["created", "edited", "deleted"] },
  check_run: { permission: "checks", actions: ["created", "completed", "rerequested", "requested_action"] },
  check_suite: { permission: "checks", actions: ["requested", "rerequested"] },
  installation: { actions: ["created", "deleted", "suspend", "unsuspend"] },
  installation_repositories: { actions: ["added", "removed"] },
  membership: { permission: "members", actions: ["added", "removed"] },
  repository: { actions: ["renamed", "deleted"] },
};

/** Every webhook that the local GitHub sends, as `event` or `event.action`. */
export const servedEvents: readonly string[] = Object.entries(events).flatMap(([event, { actions }]) =>
  actions === undefined ? [event] : actions.map((action) => `${event}.${action}`),
);

/** The permission that an App needs to hear of an event; undefined for none. */
export function permissionFor(event: string): string | undefined {
  return events[event]?.permission;
}
