/** The form of a request, from the JSON Schema that the service holds it against: one field a value, or plain JSON where it is more than that. */

export interface FormField {
  readonly name: string;
  readonly about: string;
  readonly kind: "text" | "number" | "boolean";
  readonly choices: readonly string[];
  readonly isRequired: boolean;
}

export interface RequestForm {
  readonly fields: readonly FormField[];
  /** The one list that the request holds, where it is a list of such things; empty where the fields are the request's own. */
  readonly list: string;
}

type Known = Readonly<Record<string, unknown>>;

/** Undefined for a request that is no flat object, nor a list of one: it is written as JSON. */
export function formOf(schema: unknown): RequestForm | undefined {
  const properties = propertiesOf(schema);
  if (properties === undefined) return undefined;
  const entries = Object.entries(properties);
  const [only] = entries;
  if (entries.length === 1 && isKnown(only[1]) && only[1].type === "array") {
    const fields = fieldsOf(only[1].items);
    return fields === undefined ? undefined : { fields, list: only[0] };
  }
  const fields = fieldsOf(schema);
  return fields === undefined ? undefined : { fields, list: "" };
}

/** What the fields hold at first: the example's own values. */
export function exampleValues({ fields, list }: RequestForm, example: unknown): Readonly<Record<string, string>> {
  const held = isKnown(example) && list !== "" ? example[list] : example;
  const one = Array.isArray(held) ? held[0] : held;
  const known = isKnown(one) ? one : {};
  return Object.fromEntries(fields.map(({ name }) => [name, known[name] === undefined ? "" : String(known[name])]));
}

/** The request's body. A field that is left empty is left out; what is no number is sent as it was typed, and refused by the service. */
export function bodyOf({ fields, list }: RequestForm, values: Readonly<Record<string, string>>): unknown {
  const one = Object.fromEntries(
    fields.flatMap(({ name, kind }) => {
      const typed = values[name] ?? "";
      return typed.trim() === "" ? [] : [[name, sentValue(kind, typed)]];
    }),
  );
  return list === "" ? one : { [list]: [one] };
}

function sentValue(kind: FormField["kind"], typed: string): unknown {
  if (kind === "boolean") return typed === "true";
  const number = Number(typed);
  return kind === "number" && Number.isFinite(number) ? number : typed;
}

function fieldsOf(schema: unknown): readonly FormField[] | undefined {
  const properties = propertiesOf(schema);
  if (properties === undefined || !isKnown(schema)) return undefined;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const fields: FormField[] = [];
  for (const [name, about] of Object.entries(properties)) {
    if (!isKnown(about)) return undefined;
    const kind = KINDS[String(about.type)];
    if (kind === undefined) return undefined;
    fields.push({
      name,
      kind,
      about: typeof about.description === "string" ? about.description : "",
      choices: kind === "boolean" ? ["true", "false"] : Array.isArray(about.enum) ? about.enum.map(String) : [],
      isRequired: required.includes(name),
    });
  }
  return fields;
}

const KINDS: Readonly<Record<string, FormField["kind"]>> = {
  string: "text",
  number: "number",
  integer: "number",
  boolean: "boolean",
};

function propertiesOf(schema: unknown): Known | undefined {
  return isKnown(schema) && isKnown(schema.properties) ? schema.properties : undefined;
}

function isKnown(value: unknown): value is Known {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
