// Prints validate.proto to the file named first. The package @bufbuild/protovalidate (Apache-2.0) ships generated code
// but not the .proto, and buf would fetch it from its own registry; the descriptor inside the package has all of it.
// Custom CEL options on the rule fields are left out: the runtime carries its own copy.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DescriptorProto, EnumDescriptorProto, FieldDescriptorProto } from '@bufbuild/protobuf/wkt';
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import { file_buf_validate_validate as validate } from '@bufbuild/protovalidate/gen/buf/validate/validate_pb.js';

const LARGEST_FIELD_NUMBER = 536_870_911;

const target = process.argv[2];
if (target === undefined) throw new Error('usage: print-validate-proto.ts <file>');

const lines = [
  '// Printed from the descriptor in @bufbuild/protovalidate (Apache-2.0) by print-validate-proto.ts. Do not edit.',
  '',
  `syntax = "${validate.proto.syntax || 'proto2'}";`,
  '',
  `package ${validate.proto.package};`,
  '',
  ...validate.proto.dependency.map((path) => `import "${path}";`),
  '',
  `option go_package = ${JSON.stringify(validate.proto.options?.goPackage ?? '')};`,
  '',
  ...validate.proto.extension.flatMap((field) => extension(field, '')),
  ...validate.proto.enumType.flatMap((type) => enumeration(type, '')),
  ...validate.proto.messageType.flatMap((type) => message(type, '')),
];
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${lines.join('\n')}\n`);

function message(type: DescriptorProto, indent: string): string[] {
  if (type.nestedType.some((nested) => nested.options?.mapEntry))
    throw new Error(`map field in ${type.name}: not handled`);
  const inner = `${indent}  `;
  return [
    `${indent}message ${type.name} {`,
    ...type.reservedRange.map((range) => `${inner}reserved ${numbers(range.start, range.end)};`),
    ...(type.reservedName.length > 0
      ? [`${inner}reserved ${type.reservedName.map((name) => JSON.stringify(name)).join(', ')};`]
      : []),
    ...type.enumType.flatMap((nested) => enumeration(nested, inner)),
    ...type.nestedType.flatMap((nested) => message(nested, inner)),
    ...fields(type, inner),
    ...type.extensionRange.map((range) => `${inner}extensions ${numbers(range.start, range.end)};`),
    ...type.extension.flatMap((nested) => extension(nested, inner)),
    `${indent}}`,
  ];
}

function fields(type: DescriptorProto, indent: string): string[] {
  const printed = new Set<number>();
  return type.field.flatMap((each) => {
    const group = oneofIndexOf(each);
    if (group === null) return [field(each, indent, true)];
    if (printed.has(group)) return [];
    printed.add(group);
    const members = type.field.filter((other) => oneofIndexOf(other) === group);
    return [
      `${indent}oneof ${type.oneofDecl[group]?.name} {`,
      ...members.map((member) => field(member, `${indent}  `, false)),
      `${indent}}`,
    ];
  });
}

function oneofIndexOf(each: FieldDescriptorProto): number | null {
  return Object.hasOwn(each, 'oneofIndex') && !each.proto3Optional ? each.oneofIndex : null;
}

function field(each: FieldDescriptorProto, indent: string, isLabelled: boolean): string {
  const label = isLabelled ? `${Label[each.label]?.toLowerCase()} ` : '';
  const type = each.typeName || Type[each.type]?.toLowerCase();
  return `${indent}${label}${type} ${each.name} = ${each.number}${options(each)};`;
}

function options(each: FieldDescriptorProto): string {
  const found = [
    each.defaultValue &&
      `default = ${each.type === Type.STRING ? JSON.stringify(each.defaultValue) : each.defaultValue}`,
    each.options?.deprecated && 'deprecated = true',
    each.options && Object.hasOwn(each.options, 'packed') && `packed = ${each.options.packed}`,
  ].filter(Boolean);
  return found.length > 0 ? ` [${found.join(', ')}]` : '';
}

function enumeration(type: EnumDescriptorProto, indent: string): string[] {
  return [
    `${indent}enum ${type.name} {`,
    ...type.value.map((value) => `${indent}  ${value.name} = ${value.number};`),
    `${indent}}`,
  ];
}

function extension(each: FieldDescriptorProto, indent: string): string[] {
  return [`${indent}extend ${each.extendee} {`, field(each, `${indent}  `, true), `${indent}}`];
}

function numbers(start: number, end: number): string {
  if (end - 1 === start) return String(start);
  return `${start} to ${end > LARGEST_FIELD_NUMBER ? 'max' : end - 1}`;
}
