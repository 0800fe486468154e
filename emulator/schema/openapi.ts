import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Record<string, unknown>;
}

interface Operation {
  readonly parameters: readonly Parameter[];
  readonly body?: Record<string, unknown>;
  readonly bodyRequired?: boolean;
  /** By status; null for answers without a JSON body. */
  readonly responses: Readonly<Record<string, Record<string, unknown> | null>>;
}

interface Description {
  /** By `event` or `event.action`. */
  readonly webhooks: Readonly<Record<string, unknown>>;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly schemas: Record<string, unknown>;
}

/** Something that GitHub's description does not allow. `fatal` says whether GitHub would refuse the request. */
export interface Finding {
  readonly message: string;
  readonly fatal: boolean;
}

/** Checks requests and answers against GitHub's OpenAPI description. Loads and compiles on first use. */
export class OpenApi {
  #description: Description | undefined;
  #ajv: Ajv | undefined;
  readonly #validators = new Map<string, ValidateFunction>();

  get operations(): string[] {
    return Object.keys(this.#load().operations);
  }

  get webhooks(): string[] {
    return Object.keys(this.#load().webhooks);
  }

  /** What is wrong with a request; empty when nothing is. */
  checkRequest(
    operation: string,
    params: Readonly<Record<string, string>>,
    query: URLSearchParams,
    body: unknown,
  ): Finding[] {
    const described = this.#load().operations[operation];
    if (!described) return [{ message: `GitHub's description has no ${operation}`, fatal: true }];
    return [
      ...this.#checkParameters(operation, described, params, query),
      ...this.#checkBody(operation, described, body),
    ];
  }

  /** What is wrong with a JSON answer; empty when nothing is. */
  checkAnswer(operation: string, status: number, body: unknown): string[] {
    const described = this.#load().operations[operation];
    if (!described) return [`GitHub's description has no ${operation}`];
    const schema = described.responses[String(status)];
    if (schema === undefined) {
      // Most operations leave out the errors that all of them share.
      return status >= 400 ? [] : [`${operation} does not answer ${status}`];
    }
    // GitHub's errors have a body also where the description names their status alone.
    if (schema === null) return body === undefined || status >= 400 ? [] : [`${operation} answers ${status} without a body`];
    return this.#errors(`${operation} answer ${status}`, `/operations/${escape(operation)}/responses/${status}`, body);
  }

  /** What is wrong with the payload of a webhook, named `event` or `event.action`; empty when nothing is. */
  checkWebhook(event: string, payload: unknown): string[] {
    if (!(event in this.#load().webhooks)) return [`GitHub's description has no webhook ${event}`];
    return this.#errors(`webhook ${event}`, `/webhooks/${escape(event)}`, payload);
  }

  #checkParameters(
    operation: string,
    described: Operation,
    params: Readonly<Record<string, string>>,
    query: URLSearchParams,
  ): Finding[] {
    const findings: Finding[] = [];
    described.parameters.forEach((parameter, at) => {
      if (parameter.in === 'header') return;
      const text = parameter.in === 'path' ? params[parameter.name] : (query.get(parameter.name) ?? undefined);
      if (text === undefined) {
        if (parameter.required) findings.push({ message: `${operation} needs ${parameter.name}`, fatal: true });
        return;
      }
      const path = `/operations/${escape(operation)}/parameters/${at}/schema`;
      const errors = this.#errors(`${operation} parameter ${parameter.name}`, path, coerce(parameter.schema, text));
      findings.push(...errors.map((message) => ({ message, fatal: true })));
    });
    const known = new Set(described.parameters.filter((one) => one.in === 'query').map(({ name }) => name));
    // DELETE bodies may also come as a query, as old clients do.
    for (const name of new Set(query.keys())) {
      if (!known.has(name)) findings.push({ message: `${operation} has no parameter ${name}`, fatal: false });
    }
    return findings;
  }

  #checkBody(operation: string, described: Operation, body: unknown): Finding[] {
    if (body === undefined) {
      return described.bodyRequired ? [{ message: `${operation} needs a body`, fatal: true }] : [];
    }
    if (!described.body) {
      const empty = typeof body === 'object' && body !== null && Object.keys(body).length === 0;
      return empty ? [] : [{ message: `${operation} takes no body`, fatal: false }];
    }
    const errors = this.#errors(`${operation} body`, `/operations/${escape(operation)}/body`, body);
    return [
      ...errors.map((message) => ({ message, fatal: true })),
      ...unknownProperties(described.body, body).map((name) => ({
        message: `${operation} body has no property ${name}`,
        fatal: false,
      })),
    ];
  }

  #errors(what: string, path: string, value: unknown): string[] {
    const validate = this.#validator(path);
    if (validate(value)) return [];
    return (validate.errors ?? []).slice(0, 5).map(({ instancePath, message, params }) => {
      const allowed = 'allowedValues' in params ? ` (${params['allowedValues']})` : '';
      return `${what}${instancePath}: ${message}${allowed}`;
    });
  }

  #validator(path: string): ValidateFunction {
    const known = this.#validators.get(path);
    if (known) return known;
    this.#load();
    const made = this.#ajv!.compile({ $ref: `github#${path}` });
    this.#validators.set(path, made);
    return made;
  }

  #load(): Description {
    if (this.#description) return this.#description;
    const file = new URL('openapi.json.gz', import.meta.url);
    this.#description = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Description;
    this.#ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true, inlineRefs: false, code: { optimize: false } });
    formats.default(this.#ajv);
    // Whoever signs a commit may write anything as an address, and GitHub shows it as it is.
    this.#ajv.addFormat('email', true);
    for (const name of ['timestamp', 'repo.nwo', 'ssh-key', 'alphanumeric', 'float32']) this.#ajv.addFormat(name, true);
    this.#ajv.addSchema(this.#description, 'github');
    return this.#description;
  }
}

function escape(operation: string): string {
  return encodeURIComponent(operation.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** Parameters arrive as text; the schema says what they mean. */
function coerce(schema: Record<string, unknown>, text: string): unknown {
  const type = schema['type'];
  const variants = (schema['oneOf'] ?? schema['anyOf']) as { type?: string }[] | undefined;
  const numeric = type === 'integer' || type === 'number' || variants?.some((one) => one.type === 'integer');
  if (numeric && /^-?\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (type === 'array') return text.split(',');
  return text;
}

/** Properties of an object body that the schema does not name; a typing mistake GitHub would silently ignore. */
function unknownProperties(schema: Record<string, unknown>, body: unknown): string[] {
  const properties = schema['properties'] as Record<string, unknown> | undefined;
  if (!properties) return [];
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  return Object.keys(body).filter((name) => !(name in properties));
}
