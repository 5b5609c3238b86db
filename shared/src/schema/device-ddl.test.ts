import { describe, expect, it } from 'vitest';
import { bulkIndexDdl, columnsOf, deviceDdl, overlaidTableNames, rawTableStatements } from './device-ddl.ts';
import { syncedTables } from './synced-tables.ts';

describe('the tables of a device', () => {
  it('are all there, with their indexes', () => {
    const ddl = deviceDdl();
    expect(ddl).toContain(
      'CREATE TABLE IF NOT EXISTS labels (id TEXT PRIMARY KEY NOT NULL, value TEXT, asset_id TEXT, location_id TEXT, baseline_kind TEXT, baseline_id TEXT)',
    );
    expect(ddl).toContain('CREATE INDEX IF NOT EXISTS labels_by_value ON labels (value)');
    const created = ddl.filter((statement) => statement.startsWith('CREATE TABLE'));
    expect(created).toHaveLength(Object.keys(syncedTables).length + overlaidTableNames.length);
  });

  it('leave the indexes of what is large until it is there, those of guesses upon it not', () => {
    expect(deviceDdl().filter((statement) => statement.includes(' ON assets ('))).toEqual([]);
    expect(deviceDdl()).toContain(
      'CREATE INDEX IF NOT EXISTS assets_overlay_by_code ON assets_overlay (code)',
    );
    expect(bulkIndexDdl()).toContain('CREATE INDEX IF NOT EXISTS assets_by_code ON assets (code)');
  });

  it('are overlaid where operations show before their verdict', () => {
    expect(overlaidTableNames).toEqual([
      'labels',
      'label_facts',
      'assets',
      'bulk_stock',
      'bulk_movements',
      'events',
      'pull_lists',
      'pull_list_lines',
      'field_edits',
      'edited_rows',
      'line_filling_facts',
      'line_fillings',
      'movements',
      'conflicts',
      'transport_facts',
      'vehicle_states',
      'truck_packs',
      'stocktakes',
      'stocktake_facts',
      'count_lines',
      'count_facts',
    ]);
  });

  it('take what comes down, column by column', () => {
    expect(rawTableStatements('devices')).toEqual({
      put: {
        sql: 'INSERT INTO devices (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
        params: ['Id', { Column: 'name' }],
      },
      delete: { sql: 'DELETE FROM devices WHERE id = ?', params: ['Id'] },
      clear: 'DELETE FROM devices',
    });
    expect(rawTableStatements('assets').put.params).toHaveLength(columnsOf('assets').length);
  });
});
