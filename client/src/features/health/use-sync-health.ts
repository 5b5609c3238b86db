import { createClient } from '@connectrpc/connect';
import { DeviceService, WipeKind } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import { SyncHealthService } from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fileNameOf, saveFile } from '#platform/browser/save-file.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { readHealth, type SyncHealth, type WipeChoice } from './read-health.ts';
import { type ImportResult, readImport } from './read-import.ts';

const KEY = ['sync-health'];
/** A file of many operations is worked through one batch after the other. */
const LONG_CALL_MS = 180_000;
/** An admin who waits for a device to come back need not press anything. */
const ASK_EVERY_MS = 10_000;

/** What the server says of the company's devices; asked anew while it is looked at, and after each act. */
export function useSyncHealth(isEnabled: boolean) {
  const syncHealth = useSyncHealthClient();
  return useQuery<SyncHealth>({
    queryKey: KEY,
    enabled: isEnabled,
    staleTime: 0,
    refetchInterval: ASK_EVERY_MS,
    queryFn: async ({ signal }) => {
      const [health, kept] = await Promise.all([
        syncHealth.listDeviceHealth({}, { signal }),
        syncHealth.listKeptOperations({}, { signal }),
      ]);
      return readHealth(health, kept);
    },
  });
}

/** Has the server try again what it keeps, or all of one device; answers how many it took in. */
export function useRetryKept() {
  const syncHealth = useSyncHealthClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (deviceId: string) =>
      syncHealth.retryKeptOperations({ deviceId }, { timeoutMs: LONG_CALL_MS }),
    onSuccess: refresh,
  });
}

/** Shuts a device out, or lets it in again. */
export function useDeviceStanding() {
  const devices = useDeviceClient();
  const refresh = useRefresh();
  return useMutation<unknown, unknown, { readonly deviceId: string; readonly isIn: boolean }>({
    mutationFn: ({ deviceId, isIn }) =>
      isIn ? devices.readmitDevice({ deviceId }) : devices.revokeDevice({ deviceId }),
    onSuccess: refresh,
  });
}

/** Orders a device to be wiped, or takes the order back (`kind` null). */
export function useDeviceWipe() {
  const devices = useDeviceClient();
  const refresh = useRefresh();
  return useMutation<unknown, unknown, { readonly deviceId: string; readonly kind: WipeChoice | null }>({
    mutationFn: ({ deviceId, kind }) =>
      kind === null
        ? devices.withdrawWipe({ deviceId })
        : devices.orderWipe({ deviceId, kind: kind === 'now' ? WipeKind.NOW : WipeKind.COLLECT }),
    // Refused is it where the device has begun: then that is to be seen.
    onSettled: refresh,
  });
}

/** Saves what is kept of one device as a file. */
export function useExportKept() {
  const syncHealth = useSyncHealthClient();
  return useMutation({
    mutationFn: async ({ deviceId, name }: { readonly deviceId: string; readonly name: string }) => {
      const { file } = await syncHealth.exportKeptOperations({ deviceId });
      saveFile(fileNameOf(['eventkit', 'kept', name], 'json'), new Uint8Array(file));
    },
  });
}

/** Brings in a file that a device saved. */
export function useImportFile() {
  const syncHealth = useSyncHealthClient();
  const refresh = useRefresh();
  return useMutation<ImportResult, unknown, File>({
    mutationFn: async (file) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return readImport(await syncHealth.importOperations({ file: bytes }, { timeoutMs: LONG_CALL_MS }));
    },
    onSuccess: refresh,
  });
}

function useDeviceClient() {
  const { transport } = usePlatform().rpc;
  return useMemo(() => createClient(DeviceService, transport), [transport]);
}

function useSyncHealthClient() {
  const { transport } = usePlatform().rpc;
  return useMemo(() => createClient(SyncHealthService, transport), [transport]);
}

function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY });
}
