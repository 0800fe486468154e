import { type Node, SyntaxKind } from "typescript/unstable/ast";
import { isStatement } from "typescript/unstable/ast/is";

/** The statements and declarations of a tree at any depth, without blocks and empty statements. */
export function countStatements(node: Node): number {
  const counts = isStatement(node) && node.kind !== SyntaxKind.Block && node.kind !== SyntaxKind.EmptyStatement;
  let sum = counts ? 1 : 0;
  node.forEachChild((child) => {
    sum += countStatements(child);
  });
  return sum;
}
