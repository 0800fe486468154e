/** A place where GitHub's description is narrower than what GitHub really answers. */
export interface Correction {
  readonly schema: string;
  readonly path: readonly string[];
  readonly why: string;
  readonly change: (schema: unknown) => unknown;
}

const orNull = (schema: unknown): unknown => ({ anyOf: [schema, { type: 'null' }] });

/** Applied when the description is pruned; each is documented behaviour that the description forgets. */
export const corrections: readonly Correction[] = ['pull-request', 'pull-request-simple'].flatMap((schema) => [
  {
    schema,
    path: ['properties', 'head', 'properties', 'repo'],
    why: 'the repository of the head is null once the fork was deleted',
    change: orNull,
  },
  {
    schema,
    path: ['properties', 'head', 'properties', 'user'],
    why: 'the owner of the head is null once the account was deleted',
    change: orNull,
  },
  {
    schema,
    path: ['properties', 'user'],
    why: 'the author is null once the account was deleted',
    change: orNull,
  },
]);
