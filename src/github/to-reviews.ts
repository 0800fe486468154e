import type { z } from "zod";
import type { Known, RequestedTeams, Reviews } from "../facts/facts.ts";
import type { reviewRequestsConnection, reviewsConnection } from "./pull-request-query.ts";

type Opinion = Reviews["opinions"][number];

/** The last opinion of each person, from reviews in the order in which they were made. */
export function toReviews(connection: z.infer<typeof reviewsConnection>): Known<Reviews> {
  if (connection === null) return { known: false, why: "failed", detail: "GitHub did not tell the reviews" };
  const nodes = connection.nodes ?? [];
  const last = new Map<string | number, Opinion | null>();
  for (const review of nodes) {
    if (!review?.author) continue;
    const { login, databaseId, __typename } = review.author;
    const author = { login, bot: __typename === "Bot", id: databaseId ?? null };
    const key = author.id ?? login;
    // A later opinion of the same person takes the place of an earlier one, also in the order.
    last.delete(key);
    last.set(
      key,
      review.state === "DISMISSED" || review.submittedAt === null
        ? null
        : {
            author,
            state: review.state === "APPROVED" ? "approved" : "changes-requested",
            commit: review.commit?.oid ?? null,
            submittedAt: review.submittedAt,
          },
    );
  }
  const opinions = [...last.values()].filter((opinion) => opinion !== null);
  return { known: true, value: { opinions, unread: connection.totalCount - nodes.length } };
}

/** The teams among those who are asked for a review. */
export function toRequestedTeams(
  connection: z.infer<typeof reviewRequestsConnection> | undefined,
): Known<RequestedTeams> {
  if (connection === undefined) {
    return { known: false, why: "needs-github", detail: "Only the App asks GitHub who is asked for a review" };
  }
  const nodes = connection?.nodes ?? [];
  if (connection === null || nodes.some((node) => !node?.requestedReviewer)) {
    const detail =
      "GitHub did not tell which teams are asked for a review; for that it wants the permission members: read";
    return { known: false, why: "failed", detail };
  }
  const teams = nodes.flatMap((node) => node?.requestedReviewer?.combinedSlug ?? []);
  return { known: true, value: { teams, unread: connection.totalCount - nodes.length } };
}
