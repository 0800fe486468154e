import { readFileSync } from "node:fs";
import { buildSchema, execute, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import type { Actor } from "../actor.ts";
import type { RateLimits } from "../rate-limits.ts";
import type { Violation } from "../rest/door.ts";
import type { Answer } from "../rest/route.ts";
import type { World } from "../state.ts";
import { rootFor } from "./root.ts";

interface Request {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** Serves the GraphQL interface. Errors come with status 200, as on GitHub. */
export class GraphQlDoor {
  readonly #world: World;
  readonly #limits: RateLimits;
  readonly #violations: Violation[];
  #schema: GraphQLSchema | undefined;

  constructor(world: World, limits: RateLimits, violations: Violation[]) {
    this.#world = world;
    this.#limits = limits;
    this.#violations = violations;
  }

  async handle(actor: Actor, body: Buffer): Promise<Answer> {
    if (actor.kind !== "user" && actor.kind !== "installation") {
      const message = "This endpoint requires you to be authenticated.";
      return { status: 401, body: { message, documentation_url: "https://docs.github.com/graphql" } };
    }
    const request = readRequest(body);
    if (!request) return { status: 400, body: { message: "Problems parsing JSON" } };
    return { status: 200, body: await this.#run(actor, request) };
  }

  async #run(actor: Actor, request: Request): Promise<unknown> {
    this.#schema ??= buildSchema(readFileSync(new URL("../schema/github.graphql", import.meta.url), "utf8"));
    const schema = this.#schema;
    const parsed = parseQuery(request.query);
    if (parsed instanceof GraphQLError) return this.#refuse([parsed]);
    const errors = validate(schema, parsed);
    if (errors.length > 0) return this.#refuse(errors);
    const { variables, operationName } = request;
    const result = await execute({
      schema,
      document: parsed,
      rootValue: rootFor(this.#world, actor, this.#limits),
      ...(variables === undefined ? {} : { variableValues: variables }),
      ...(operationName === undefined ? {} : { operationName }),
    });
    const shown = result.errors?.map((error) => this.#present(error));
    // GitHub leaves `data` out when the request could not be executed at all.
    return { ...("data" in result ? { data: result.data } : {}), ...(shown ? { errors: shown } : {}) };
  }

  #refuse(errors: readonly GraphQLError[]): unknown {
    for (const { message } of errors) {
      this.#violations.push({ side: "graphql", operation: "POST /graphql", message });
    }
    return { errors: errors.map(({ message, locations, path }) => ({ message, locations, path })) };
  }

  /** Errors that are not GitHub's own are ours: a resolver that failed or gave what the schema does not allow. */
  #present(error: GraphQLError): unknown {
    const { message, locations, path } = error;
    const type = error.extensions.type;
    if (type === undefined) {
      const where = path?.join(".") ?? "";
      const text = error.originalError?.stack ?? message;
      this.#violations.push({ side: "graphql", operation: "POST /graphql", message: `${where}: ${text}` });
    }
    return { ...(type === undefined ? {} : { type }), path, locations, message };
  }
}

function readRequest(body: Buffer): Request | undefined {
  try {
    const value = JSON.parse(body.toString("utf8")) as Request;
    return typeof value?.query === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseQuery(query: string) {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
