import { type DescField, type DescMessage, getOption, hasOption, ScalarType } from '@bufbuild/protobuf';
import { field as rulesOption } from '@bufbuild/protovalidate/gen/buf/validate/validate_pb.js';
import type { RandomSource } from '#simulation/random-source.ts';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** What stands in the fields that matter. */
export type Filling = {
  /** An id for a field of this name. */
  id(field: string): string;
  /** Text for a field of this name; undefined: whatever its rules ask for. */
  text(field: string): string | undefined;
  bytes(field: string): Uint8Array;
};

const DEEPEST = 5;

/** A message as JSON, drawn so that it keeps the rules of its proto file where that can be seen from them. */
export function drawMessage(
  random: RandomSource,
  desc: DescMessage,
  filling: Filling,
  depth = 0,
): { [name: string]: Json } {
  const message: { [name: string]: Json } = {};
  for (const member of desc.members) {
    const field = member.kind === 'oneof' ? random.pick(member.fields) : member;
    const isAsked = member.kind === 'oneof' || rulesOf(field)?.required === true || isText(field);
    if (depth >= DEEPEST || !(isAsked || random.chance(0.6))) continue;
    message[field.jsonName] = drawField(random, field, filling, depth);
  }
  return message;
}

/** Whether a field of the wire holds the id of a row. */
export function isIdField(field: DescField): boolean {
  return isText(field) && /(^|_)(ids?|epoch|recorded_by)$/.test(field.name);
}

export function isText(field: DescField): boolean {
  return field.fieldKind === 'list'
    ? field.listKind === 'scalar' && field.scalar === ScalarType.STRING
    : field.fieldKind === 'scalar' && field.scalar === ScalarType.STRING;
}

function drawField(random: RandomSource, field: DescField, filling: Filling, depth: number): Json {
  if (field.fieldKind === 'map') return {};
  if (field.fieldKind !== 'list') return drawOne(random, field, filling, depth);
  const rules = rulesOf(field)?.type;
  const least = rules?.case === 'repeated' ? Number(rules.value.minItems) : 0;
  const count = Math.max(least, Math.floor(random.between(0, 3)));
  return [...new Set(Array.from({ length: count }, () => drawOne(random, field, filling, depth)))];
}

function drawOne(random: RandomSource, field: DescField, filling: Filling, depth: number): Json {
  const inner = field.message;
  if (inner !== undefined) {
    if (inner.typeName.startsWith('google.protobuf.')) return null;
    return drawMessage(random, inner, filling, depth + 1);
  }
  if (field.enum !== undefined) return random.pick(field.enum.values).number;
  switch (field.scalar) {
    case ScalarType.STRING:
      return isIdField(field)
        ? filling.id(field.name)
        : (filling.text(field.name) ?? plainText(random, field));
    case ScalarType.BYTES:
      return Buffer.from(filling.bytes(field.name)).toString('base64');
    case ScalarType.BOOL:
      return random.chance(0.5);
    default:
      return number(random, field);
  }
}

function rulesOf(field: DescField) {
  return hasOption(field, rulesOption) ? getOption(field, rulesOption) : undefined;
}

function itemRulesOf(field: DescField) {
  const rules = rulesOf(field)?.type;
  return rules?.case === 'repeated' ? rules.value.items?.type : rules;
}

function plainText(random: RandomSource, field: DescField): string {
  const rules = itemRulesOf(field);
  const text = rules?.case === 'string' ? rules.value : undefined;
  if (text !== undefined && text.in.length > 0) return random.pick(text.in);
  if (text?.wellKnown.case === 'uuid') return '018f0000-0000-7000-8000-000000000000';
  if (/mail/.test(field.name)) return `attack-${Math.floor(random.between(0, 1e9))}@example.test`;
  if (/permission/.test(field.name)) return random.pick(['inventory:read', 'scanning:read', 'audit:read']);
  if (/token/.test(field.name)) return '';
  return `attack ${Math.floor(random.between(0, 1e9))}`.slice(0, Math.min(40, Number(text?.maxLen || 40)));
}

function number(random: RandomSource, field: DescField): Json {
  const drawn = random.pick([0, 1, 2, 7, 50, 365]);
  const isLong = [ScalarType.INT64, ScalarType.UINT64, ScalarType.SINT64, ScalarType.FIXED64].some(
    (each) => each === field.scalar,
  );
  return isLong ? String(drawn) : drawn;
}
