/** A configuration with everything that can be said, over a few tables. */
export const crewConfig = `
config:
  edition: 3
streams:
  plans:
    auto_subscribe: true
    priority: 1
    queries:
      - SELECT id, name FROM jobs WHERE tenant_id = auth.parameter('tenant_id') AND ended_at IS NULL AND 'planning:read' IN auth.parameter('permissions')
      - SELECT id, title, event_id FROM tasks WHERE tenant_id = auth.parameter('tenant_id') AND 'planning:read' IN auth.parameter('permissions') AND 'tasks:read' IN auth.parameter('permissions')
  crew:
    auto_subscribe: true
    priority: 2
    queries:
      - SELECT id, name, ended_at FROM jobs WHERE tenant_id = auth.parameter('tenant_id') AND id IN (SELECT event_id FROM assignments WHERE user_id = auth.user_id() AND ended_at IS NULL)
      - SELECT id, title, event_id FROM tasks WHERE event_id IN (SELECT event_id FROM assignments WHERE user_id = auth.user_id() AND ended_at IS NULL) AND tenant_id = auth.parameter('tenant_id')
  own:
    auto_subscribe: true
    query: SELECT id, title FROM tasks WHERE tenant_id = auth.parameter('tenant_id') AND user_id = auth.user_id()
  event:
    priority: 2
    queries:
      - SELECT id, title FROM tasks WHERE tenant_id = auth.parameter('tenant_id') AND event_id = subscription.parameter('event')
      - SELECT id, user_id, event_id FROM assignments WHERE tenant_id = auth.parameter('tenant_id') AND event_id = subscription.parameter('event') AND 'planning:read' IN auth.parameter('permissions')
  colleague:
    query: SELECT id, title, user_id FROM tasks WHERE event_id IN (SELECT event_id FROM assignments WHERE tenant_id = auth.parameter('tenant_id') AND user_id = subscription.parameter('user')) AND tenant_id = auth.parameter('tenant_id')
  region:
    auto_subscribe: true
    query: SELECT id, text, region FROM notes WHERE tenant_id = auth.parameter('tenant_id') AND region = connection.parameter('region')
  team:
    query: SELECT id, text FROM notes WHERE team IN (SELECT team FROM members WHERE user_id = auth.user_id() AND left_at IS NULL) AND region = subscription.parameter('region')
`;

export const crewTables = {
  jobs: { id: 'text', tenant_id: 'text', name: 'text', ended_at: 'text' },
  tasks: { id: 'text', tenant_id: 'text', event_id: 'text', user_id: 'text', title: 'text' },
  assignments: { id: 'text', tenant_id: 'text', event_id: 'text', user_id: 'text', ended_at: 'text' },
  members: { id: 'text', team: 'integer', user_id: 'text', left_at: 'text' },
  notes: { id: 'text', tenant_id: 'text', team: 'integer', region: 'integer', text: 'text' },
} as const;

/**
 * What each stream is meant to show, written by hand: `:tenant`, `:user` and `:has_…` are of the token, `:region` of the
 * connection, `:event`, `:colleague` and `:sub_region` of the subscription.
 */
export const crewMeaning: Readonly<
  Record<string, { priority: number; isDefault: boolean; selects: string[] }>
> = {
  plans: {
    priority: 1,
    isDefault: true,
    selects: [
      `SELECT 'jobs' AS "table", id, name FROM jobs WHERE tenant_id = :tenant AND ended_at IS NULL AND :has_planning`,
      `SELECT 'tasks' AS "table", id, title, event_id FROM tasks WHERE tenant_id = :tenant AND :has_planning AND :has_tasks`,
    ],
  },
  crew: {
    priority: 2,
    isDefault: true,
    selects: [
      `SELECT 'jobs' AS "table", id, name, ended_at FROM jobs e WHERE tenant_id = :tenant AND EXISTS (
        SELECT 1 FROM assignments a WHERE a.event_id = e.id AND a.user_id = :user AND a.ended_at IS NULL)`,
      `SELECT DISTINCT 'tasks' AS "table", t.id, t.title, t.event_id FROM tasks t JOIN assignments a USING (event_id)
        WHERE t.tenant_id = :tenant AND a.user_id = :user AND a.ended_at IS NULL`,
    ],
  },
  own: {
    priority: 3,
    isDefault: true,
    selects: [
      `SELECT 'tasks' AS "table", id, title FROM tasks WHERE tenant_id = :tenant AND user_id = :user`,
    ],
  },
  event: {
    priority: 2,
    isDefault: false,
    selects: [
      `SELECT 'tasks' AS "table", id, title FROM tasks WHERE tenant_id = :tenant AND event_id = :event`,
      `SELECT 'assignments' AS "table", id, user_id, event_id FROM assignments
        WHERE tenant_id = :tenant AND event_id = :event AND :has_planning`,
    ],
  },
  colleague: {
    priority: 3,
    isDefault: false,
    selects: [
      `SELECT DISTINCT 'tasks' AS "table", t.id, t.title, t.user_id FROM tasks t JOIN assignments a USING (event_id)
        WHERE t.tenant_id = :tenant AND a.tenant_id = :tenant AND a.user_id = :colleague`,
    ],
  },
  region: {
    priority: 3,
    isDefault: true,
    selects: [
      `SELECT 'notes' AS "table", id, text, region FROM notes WHERE tenant_id = :tenant AND region = :region`,
    ],
  },
  team: {
    priority: 3,
    isDefault: false,
    selects: [
      `SELECT DISTINCT 'notes' AS "table", n.id, n.text FROM notes n JOIN members m USING (team)
        WHERE m.user_id = :user AND m.left_at IS NULL AND n.region = :sub_region`,
    ],
  },
};
