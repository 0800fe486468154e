import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
} from "graphql";
import type { ServedFields } from "../emulator/graphql/served-fields.ts";

type Fielded = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

const builtIn = new Set(["String", "Int", "Float", "Boolean", "ID"]);

/**
 * Keeps the named fields of a schema with everything their arguments and results refer to.
 * Throws when a wanted type or field does not exist, or a kept field leads to an object type that is not kept.
 */
export function pruneSchema(sdl: string, served: ServedFields): string {
  const definitions = new Map<string, DefinitionNode>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if ("name" in definition && definition.name) definitions.set(definition.name.value, definition);
  }
  const kept = new Map<string, DefinitionNode>();
  for (const [name, fields] of Object.entries(served)) keepFields(name, fields);
  return `${[...kept.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, definition]) => print(definition))
    .join("\n\n")}\n`;

  function keepFields(name: string, fields: readonly string[]): void {
    const definition = definitions.get(name) as Fielded | undefined;
    if (!definition?.fields) throw new Error(`the schema has no type ${name}`);
    const chosen = fields.map((wanted) => {
      const field = definition.fields?.find((one) => one.name.value === wanted);
      if (!field) throw new Error(`${name} has no field ${wanted}`);
      return field;
    });
    // An interface stays where all of its kept fields do.
    const interfaces = (definition.interfaces ?? []).filter((one) =>
      served[one.name.value]?.every((field) => fields.includes(field)),
    );
    kept.set(name, { ...bare(definition), interfaces, fields: chosen.map(keepField) } as DefinitionNode);
  }

  function keepField(field: FieldDefinitionNode): FieldDefinitionNode {
    follow(field.type);
    return { ...bare(field), arguments: (field.arguments ?? []).map(keepInput) };
  }

  function keepInput(input: InputValueDefinitionNode): InputValueDefinitionNode {
    follow(input.type);
    return bare(input);
  }

  function follow(type: TypeNode): void {
    const name = nameOf(type);
    if (builtIn.has(name) || kept.has(name) || name in served) return;
    const definition = definitions.get(name);
    if (!definition) throw new Error(`the schema has no type ${name}`);
    if (definition.kind === "UnionTypeDefinition") {
      const types = (definition.types ?? []).filter((one: NamedTypeNode) => one.name.value in served);
      if (types.length === 0) throw new Error(`no member of ${name} is served`);
      kept.set(name, { ...bare(definition), types });
    } else if (definition.kind === "InputObjectTypeDefinition") {
      kept.set(name, definition);
      const fields = ((definition as InputObjectTypeDefinitionNode).fields ?? []).map(keepInput);
      kept.set(name, { ...bare(definition), fields } as DefinitionNode);
    } else if (definition.kind === "EnumTypeDefinition") {
      kept.set(name, { ...bare(definition), values: (definition.values ?? []).map(bare) });
    } else if (definition.kind === "ScalarTypeDefinition") {
      kept.set(name, bare(definition));
    } else {
      throw new Error(`a kept field leads to ${name}, of which no field is kept`);
    }
  }
}

/** Without words for people and without directives. */
function bare<Node extends object>(node: Node): Node {
  return { ...node, description: undefined, directives: [] };
}

function nameOf(type: TypeNode): string {
  return type.kind === "NamedType" ? type.name.value : nameOf(type.type);
}
