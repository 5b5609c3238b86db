import type { DescField, DescMessage, Message } from '@bufbuild/protobuf';

/** The texts of a message that hold the character NUL, however deep, as the wire names them: roles[2].name. */
export function nulTextsIn(desc: DescMessage, message: Message): readonly string[] {
  return desc.fields.flatMap((field) => nulTextsOf(field, heldIn(field, message)));
}

function nulTextsOf(field: DescField, value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, place) =>
      nulTextsOf(field, each).map((path) => path.replace(field.name, `${field.name}[${place}]`)),
    );
  }
  if (typeof value === 'string') return value.includes('\0') ? [field.name] : [];
  return field.message !== undefined && isMessage(value)
    ? nulTextsIn(field.message, value).map((path) => `${field.name}.${path}`)
    : [];
}

function heldIn({ oneof, localName }: DescField, message: Message): unknown {
  const values = message as unknown as Readonly<Record<string, unknown>>;
  if (oneof === undefined) return values[localName];
  const chosen = values[oneof.localName] as { readonly case?: string; readonly value?: unknown };
  return chosen.case === localName ? chosen.value : undefined;
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && '$typeName' in value;
}
