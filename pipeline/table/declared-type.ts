/** Column types by name, as an experiment declares them. */
export type DeclaredTypes = Readonly<Record<string, "numeric" | "categorical">>;

/**
 * The declared type of a column; undefined for none. A column may be called `constructor` or `__proto__`, which every
 * object answers to although nobody declared it.
 */
export function declaredType(types: DeclaredTypes, column: string): "numeric" | "categorical" | undefined {
  return Object.hasOwn(types, column) ? types[column] : undefined;
}
