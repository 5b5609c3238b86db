import { isDeepStrictEqual } from 'node:util';
import { foldAssets } from '@eventkit/shared/ledger/fold-assets.ts';
import { columnsOf } from '@eventkit/shared/schema/device-ddl.ts';
import {
  type AssetRow,
  assetOfRow,
  type MovementRow,
  movementOfRow,
} from '@eventkit/shared/schema/ledger-rows.ts';
import type { OpenApp, VirtualDevice } from './virtual-device.ts';
import type { World } from './world.ts';

type Shown = {
  readonly dirty: number;
  readonly assets: string;
  readonly movements: string;
  readonly conflicts: string;
};

/**
 * What a device shows adds up, whatever of it is a guess: its assets and conflicts are what its movements come to. Not
 * while something below a guess has just changed; then it is about to decide again.
 */
export async function checkGuess(
  world: World,
  { replica }: OpenApp,
  { deviceId }: VirtualDevice,
): Promise<void> {
  const shown = await replica.get<Shown>(
    `SELECT (SELECT count(*) FROM dirty_subjects) AS dirty,
            (SELECT json_group_array(json_object(${pairs('assets')})) FROM assets_now) AS assets,
            (SELECT json_group_array(json_object(${pairs('movements')})) FROM movements_now) AS movements,
            (SELECT json_group_array(id || ' ' || status) FROM conflicts_now WHERE asset_id IS NOT NULL) AS conflicts`,
  );
  if (shown.dirty > 0) return;
  const assets = (JSON.parse(shown.assets) as AssetRow[]).map(assetOfRow);
  const movements = (JSON.parse(shown.movements) as MovementRow[]).map(movementOfRow);
  const fold = foldAssets(assets, movements);
  for (const { id, code, state } of assets) {
    const wanted = fold.statesById.get(id);
    if (isDeepStrictEqual(state, wanted)) continue;
    const [said, facts] = [state, wanted].map((one) => JSON.stringify(one));
    world.violate('guess', `${deviceId} shows ${code} as ${said}, its facts say ${facts}`);
  }
  const wanted = fold.conflicts.map(({ id, status }) => `${id} ${status}`).sort();
  const said = (JSON.parse(shown.conflicts) as string[]).sort();
  if (said.join() !== wanted.join()) {
    world.violate('guess', `${deviceId} shows the conflicts ${said}, its facts say ${wanted}`);
  }
}

function pairs(table: 'assets' | 'movements'): string {
  return columnsOf(table)
    .map((column) => `'${column}', ${column}`)
    .join(', ');
}
