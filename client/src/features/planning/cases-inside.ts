/**
 * The step of a recursion over `inside(…, place_id)`: `member.value` is each case at or in a place found so far. The
 * inner ORDER BY keeps SQLite from folding the view into the aggregate, which would read every asset at each step.
 */
export const CASES_INSIDE = `FROM inside, json_each((
    SELECT json_group_array(id) FROM (
      SELECT a.id FROM assets_now a WHERE a.place_id = inside.place_id AND a.is_case = 1 ORDER BY a.id
    ))) AS member`;
