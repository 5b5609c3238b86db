const acts = [
  'check_out',
  'check_in',
  'move',
  'pack',
  'unpack',
  'undo',
  'quarantine',
  'release',
  'retire',
  'resolve',
  'move_bulk',
  'count_bulk',
  'load',
  'unload',
  'found',
  'repair_start',
  'repair_done',
  'inspection_result',
  'seal',
  'open',
  'edit_fields',
  'create_row',
  'delete_row',
  'restore_row',
] as const;

/** What was done, as a key of words. What came after this version, or cannot be read, is just a scan. */
export function sayAct(kind: string): (typeof acts)[number] | 'other' {
  return acts.find((act) => act === kind) ?? 'other';
}

const problems = [
  'unreadable',
  'other_id_inside',
  'other_device_inside',
  'unknown_person',
  'same_id_other_content',
  'same_sequence_other_id',
  'failed',
  'device_shut_out',
] as const;

/** What is wrong with it, as a key of words. */
export function sayProblem(problem: string): (typeof problems)[number] | 'other' {
  return problems.find((known) => known === problem) ?? 'other';
}
