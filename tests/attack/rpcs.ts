import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { DescFile, DescMethod } from '@bufbuild/protobuf';
import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';

/** An RPC under its whole name, `eventkit.v1.Service/Method`. */
export type Rpc = { readonly name: string; readonly method: DescMethod; readonly isRead: boolean };

const GENERATED = join(import.meta.dirname, '../../proto/gen/eventkit/v1');

/** Every RPC of the wire, found in what is generated: a new one is attacked without anybody thinking of it. */
export async function findRpcs(): Promise<readonly Rpc[]> {
  const files = globSync('*_pb.ts', { cwd: GENERATED }).sort();
  const modules = await Promise.all(files.map((file) => import(join(GENERATED, file))));
  return modules
    .flatMap((exported): DescFile[] => Object.values(exported).filter(isFile))
    .flatMap(({ services }) => services)
    .flatMap((service) =>
      service.methods.map((method) => ({
        name: `${service.typeName}/${method.name}`,
        method,
        isRead: method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS,
      })),
    );
}

function isFile(exported: unknown): exported is DescFile {
  return typeof exported === 'object' && exported !== null && 'kind' in exported && exported.kind === 'file';
}
