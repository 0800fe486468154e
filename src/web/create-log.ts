import { type Logger, pino } from "pino";

/** Tokens of GitHub of every kind and length, signed web tokens, and keys in PEM form. */
const secrets = [
  /\bgh[pousr]_[A-Za-z0-9_.-]+/g,
  /\bgithub_pat_\w+/g,
  /\bv1\.[0-9a-f]{40}\b/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /-----BEGIN [A-Z ]+-----.*?(-----END [A-Z ]+-----|$)/gs,
  /\bsha(1|256)=[0-9a-f]{40,64}/g,
  /(?<=postgres(?:ql)?:\/\/[^:@/\s]{1,100}:)[^@/\s]+(?=@)/g,
];

/** Takes everything out of a line that could open a door. */
export function maskSecrets(line: string): string {
  return secrets.reduce((text, secret) => text.replace(secret, "[secret]"), line);
}

/** A log of one JSON object per line. Webhook bodies and request headers are never in it, and secrets are masked. */
export function createLog(level: string, write: (line: string) => void = (line) => process.stdout.write(line)): Logger {
  return pino(
    { level, base: null, serializers: { err: describeError, error: describeError } },
    { write: (line: string) => write(maskSecrets(line)) },
  );
}

/** Errors of GitHub's client hold whole requests and payloads; only these parts are fit for a log. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const { status, code, errors } = error as Error & { status?: number; code?: string; errors?: unknown };
  const parts = Array.isArray(errors) ? { errors: errors.slice(0, 5).map(describePart) } : {};
  return {
    name,
    message,
    status,
    code,
    stack,
    ...parts,
    ...(cause === undefined ? {} : { cause: describePart(cause) }),
  };
}

function describePart(part: unknown): string {
  if (part instanceof Error) return `${part.name}: ${part.message}`;
  return typeof part === "object" && part !== null && "message" in part ? String(part.message) : String(part);
}
