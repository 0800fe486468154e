import { z } from "zod";

const repositoryName = "nameWithOwner";

/** What is asked of an issue. Without the argument, GitHub does not tell duplicates. */
export const issueFields =
  "number title body state closedAt stateReason(enableDuplicate: true) url labels(first: 50) { nodes { name } }";

const reviewRequests = `reviewRequests(first: 100) {
        totalCount
        nodes { requestedReviewer { __typename ... on Team { combinedSlug } } }
      }`;

/**
 * One query for all that one query can give. One page of each list; the rest of the files is fetched when needed.
 *
 * @param teams whether to ask for the teams that are asked for a review
 */
export const pullRequestQuery = (teams: boolean): string => `
query PullRequestFacts(
  $owner: String!, $name: String!, $number: Int!, $policy: String!, $app: Int, $run: String!, $asApp: Boolean!
) {
  repository(owner: $owner, name: $name) {
    databaseId
    name
    owner { login }
    isPrivate
    isArchived
    url
    defaultBranchRef { name }
    policy: object(expression: $policy) { ... on Blob { oid byteSize isTruncated text } }
    pullRequest(number: $number) {
      number
      title
      body
      url
      isDraft
      createdAt
      updatedAt
      state
      author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
      labels(first: 100) { nodes { name } }
      baseRefName
      baseRefOid
      baseRef { target { oid } }
      headRefName
      headRefOid
      headRepository { ${repositoryName} }
      isCrossRepository
      closingIssuesReferences(first: 50) {
        nodes {
          ${issueFields}
          repository { name owner { login } }
        }
      }
      reviews(last: 100, states: [APPROVED, CHANGES_REQUESTED, DISMISSED]) {
        totalCount
        nodes {
          author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
          state
          submittedAt
          commit { oid }
        }
      }
      ${teams ? reviewRequests : ""}
      comments(first: 1) { totalCount }
      commits(last: 1) @include(if: $asApp) {
        nodes {
          commit {
            oid
            checkSuites(first: 10, filterBy: { appId: $app }) {
              nodes {
                checkRuns(last: 50, filterBy: { checkName: $run, checkType: ALL, conclusions: [SUCCESS] }) {
                  nodes { externalId }
                }
              }
            }
          }
        }
      }
      files(first: 100) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { path additions deletions changeType }
      }
    }
  }
}`;

const nodes = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node.nullable()).nullable() }).nullable();
const named = nodes(z.object({ name: z.string() }));

/** The names of labels; of what GitHub did not tell there are none. */
export function namesOf(labels: z.infer<typeof named>): string[] {
  return (labels?.nodes ?? []).flatMap((label) => (label ? [label.name] : []));
}

export const issueNode = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string(),
  state: z.enum(["OPEN", "CLOSED"]),
  closedAt: z.string().nullable(),
  stateReason: z.string().nullable(),
  url: z.string(),
  labels: named,
});

export const filesConnection = z.object({
  totalCount: z.number(),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z
    .array(
      z
        .object({
          path: z.string(),
          additions: z.number(),
          deletions: z.number(),
          changeType: z.enum(["ADDED", "CHANGED", "COPIED", "DELETED", "MODIFIED", "RENAMED"]),
        })
        .nullable(),
    )
    .nullable(),
});

const author = z.object({ __typename: z.string(), login: z.string(), databaseId: z.number().nullish() }).nullable();

/** A list of which only one page is read. */
const page = <T extends z.ZodType>(node: T) =>
  z.object({ totalCount: z.number(), nodes: z.array(node.nullable()).nullable() }).nullable();

export const reviewsConnection = page(
  z.object({
    author,
    state: z.enum(["APPROVED", "CHANGES_REQUESTED", "DISMISSED"]),
    submittedAt: z.string().nullable(),
    commit: z.object({ oid: z.string() }).nullable(),
  }),
);

/** Of a team that the App may not read there is null. */
export const reviewRequestsConnection = page(
  z.object({ requestedReviewer: z.object({ __typename: z.string(), combinedSlug: z.string().optional() }).nullable() }),
);

const pullRequest = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  isDraft: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  author,
  labels: named,
  baseRefName: z.string(),
  baseRefOid: z.string(),
  baseRef: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullable(),
  headRefName: z.string(),
  headRefOid: z.string(),
  headRepository: z.object({ nameWithOwner: z.string() }).nullable(),
  isCrossRepository: z.boolean(),
  closingIssuesReferences: nodes(
    issueNode.extend({ repository: z.object({ name: z.string(), owner: z.object({ login: z.string() }) }) }),
  ),
  reviews: reviewsConnection,
  reviewRequests: reviewRequestsConnection.optional(),
  comments: z.object({ totalCount: z.number() }),
  /** The newest one, with our check runs that passed; absent where it is not the App that asks. */
  commits: nodes(
    z.object({
      commit: z.object({
        oid: z.string(),
        checkSuites: nodes(z.object({ checkRuns: nodes(z.object({ externalId: z.string().nullable() })) })),
      }),
    }),
  ).optional(),
  files: filesConnection.nullable(),
});

/** What GitHub answers, checked; a part that GitHub refuses is null. */
export const pullRequestAnswer = z.object({
  repository: z
    .object({
      databaseId: z.number(),
      name: z.string(),
      owner: z.object({ login: z.string() }),
      isPrivate: z.boolean(),
      isArchived: z.boolean(),
      url: z.string(),
      defaultBranchRef: z.object({ name: z.string() }).nullable(),
      policy: z
        .object({
          oid: z.string().optional(),
          byteSize: z.number().optional(),
          isTruncated: z.boolean().optional(),
          text: z.string().nullish(),
        })
        .nullable(),
      pullRequest: pullRequest.nullable(),
    })
    .nullable(),
});

export type PullRequestNode = z.infer<typeof pullRequest>;
