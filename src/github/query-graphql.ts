import type { z } from "zod";
import type { Octokit } from "./octokit.ts";
import { RateLimited, waitOf } from "./rate-limited.ts";

interface GraphqlError {
  type?: string;
  message?: string;
  path?: (string | number)[];
}

/** Errors that mean "this part is not for you" rather than "try again". */
const refusals = new Set(["NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES"]);

/**
 * Runs a query whose parts may be refused one by one.
 *
 * GitHub answers errors with HTTP 200: what was refused is null in the data and named in `errors`.
 *
 * @returns the checked data, null when GitHub refused all of it, and for each refusal the names of the fields down to it
 * @throws RateLimited, or the error itself when trying again may help
 */
export async function queryGraphql<Answer>(
  octokit: Octokit,
  query: string,
  variables: Record<string, unknown>,
  answer: z.ZodType<Answer>,
): Promise<{ data: Answer | null; refused: string[][] }> {
  try {
    return { data: answer.parse(await octokit.graphql(query, variables)), refused: [] };
  } catch (error) {
    const until = waitOf(error, new Date());
    if (until) throw new RateLimited(until, error);
    const { errors, data } = error as { errors?: GraphqlError[]; data?: unknown };
    if (!Array.isArray(errors) || !errors.every(({ type }) => type !== undefined && refusals.has(type))) throw error;
    const refused = errors.map(({ path = [] }) => path.filter((step) => typeof step === "string"));
    const partial = answer.safeParse(data ?? null);
    return { data: partial.success ? partial.data : null, refused };
  }
}
