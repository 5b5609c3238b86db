import type { Client } from 'pg';
import type { Subject } from './subject.ts';

/** A stream of rows of topics that a user was given; EventKit itself has no stream that is looked up in a table. */
export const shownTopicsStream = `
  shown_topics:
    auto_subscribe: true
    priority: 2
    query: SELECT id, text FROM topic_notes WHERE topic IN (SELECT topic FROM shown_topics WHERE user_id = auth.user_id() AND ended_at IS NULL)
`;

/** Makes its tables, and gives topics to this user. */
export async function openShownTopics(
  db: Pick<Client, 'query'>,
  userId: string,
): Promise<NonNullable<Subject['grant']>> {
  await db.query(`CREATE TABLE shown_topics (id text PRIMARY KEY, user_id text, topic text, ended_at text)`);
  await db.query(`CREATE TABLE topic_notes (id text PRIMARY KEY, topic text, text text)`);
  await db.query('GRANT SELECT ON shown_topics, topic_notes TO eventkit_sync');
  await db.query('ALTER PUBLICATION powersync ADD TABLE shown_topics, topic_notes');
  return async ({ kind, mark }) => {
    if (kind === 'take') {
      await db.query(`UPDATE shown_topics SET ended_at = 'now' WHERE topic = $1`, [mark]);
      return;
    }
    await db.query(
      `WITH notes AS (
        INSERT INTO topic_notes SELECT $1 || '-' || n, $1, 'About ' || $1 FROM generate_series(1, 3) AS n
        ON CONFLICT DO NOTHING
      )
      INSERT INTO shown_topics VALUES ($1, $2, $1, NULL) ON CONFLICT (id) DO UPDATE SET ended_at = NULL`,
      [mark, userId],
    );
  };
}
