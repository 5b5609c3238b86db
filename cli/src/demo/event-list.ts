/** A job of the demo company. Days count from today, hours are of the company's wall clock (16.5 is half past four). */
export type DemoEvent = {
  readonly name: string;
  readonly client: string;
  readonly venue: string;
  readonly status:
    | 'draft'
    | 'option'
    | 'confirmed'
    | 'in_prep'
    | 'out'
    | 'returning'
    | 'closed'
    | 'cancelled';
  /** Load, start, end and return, each as day and hour. */
  readonly at: readonly [load: DayHour, start: DayHour, end: DayHour, back: DayHour];
  /** How many lines the list gets beside those named here. */
  readonly lineCount: number;
  /** Quantities by product name. */
  readonly lines?: Readonly<Record<string, number>>;
};

type DayHour = readonly [day: number, hour: number];
type Status = DemoEvent['status'];

/** The job that everybody tries first: 52 pieces on ten lines, two of them still on the road from Wels. */
const winterleuchten: DemoEvent = {
  name: 'Winterleuchten Hauptplatz',
  client: 'Verein Winterleuchten',
  venue: 'Hauptplatz, Linz',
  status: 'in_prep',
  at: [
    [0, 16.5],
    [1, 17],
    [10, 22],
    [11, 10],
  ],
  lineCount: 0,
  lines: {
    Pointe: 12,
    'Robin 600 LED Wash': 12,
    JDC1: 4,
    'Unique 2.1': 2,
    'Truss 30 cm square, 3 m': 6,
    'Chain hoist 500 kg D8+': 4,
    'Distro 63 A, 6 × CEE 16': 2,
    'CEE 63 A, 25 m': 4,
    'Amplifier rack 4 channels': 4,
    'Lighting console compact': 2,
  },
};

const kongress: DemoEvent = {
  name: 'Kongress Medizintechnik',
  client: 'MedTech Forum Wels',
  venue: 'Messe Wels, Halle 20',
  status: 'returning',
  at: [
    [-3, 9],
    [-2, 8],
    [-1, 18],
    [0, 16],
  ],
  lineCount: 12,
  lines: {
    'Amplifier rack 4 channels': 4,
    'Line array top 8 inch 2-way': 8,
    'Projector 12,000 lumens laser': 2,
  },
};

/** Name, client, venue, status, day of loading, days of show, number of lines. */
type Short = readonly [string, string, string, Status, number, number, number];

const others: readonly Short[] = [
  ['Herbstmesse Ried, Bühne 2', 'Messe Ried GmbH', 'Messegelände, Ried', 'closed', -62, 4, 22],
  ['Firmenjubiläum Stahlwerk', 'Voralpen Stahl AG', 'Tabakfabrik, Linz', 'closed', -55, 1, 28],
  ['Hochzeit Schloss Traun', 'Familie Aigner', 'Schloss Traun', 'closed', -50, 1, 9],
  ['Poetry Slam Posthof', 'Verein Wortwechsel', 'Posthof, Linz', 'closed', -46, 1, 8],
  ['Autopräsentation Linz Süd', 'Autohaus Kern', 'Autohaus Kern, Leonding', 'closed', -41, 2, 16],
  ['Kirchweih Enns', 'Stadtgemeinde Enns', 'Stadtplatz, Enns', 'closed', -36, 3, 14],
  ['Businesslauf Donaulände', 'Laufverein Donau', 'Donaulände, Linz', 'closed', -30, 1, 12],
  ['Oktoberfest Pichling', 'Union Pichling', 'Festzelt Pichling', 'closed', -26, 3, 24],
  ['Symposium Klimatechnik', 'FH Wels', 'FH Wels, Aula', 'closed', -21, 2, 11],
  ['Theaterpremiere Die Möwe', 'Landesbühne', 'Kammerspiele, Linz', 'closed', -17, 5, 20],
  ['Sportlergala', 'Sportunion OÖ', 'Palais Kaufmann, Linz', 'closed', -13, 1, 26],
  ['Eröffnung Bibliothek', 'Stadt Steyr', 'Stadtbibliothek, Steyr', 'closed', -10, 1, 8],
  ['Jazz im Keller', 'Jazzclub Freistadt', 'Brauhaus, Freistadt', 'closed', -7, 2, 10],
  ['Vernissage Lichträume', 'Kunstverein Süd', 'Lentos, Linz', 'closed', -5, 1, 12],
  ['Gala Autohaus Kern', 'Autohaus Kern', 'Leonding', 'returning', -2, 1, 10],
  ['Musical Tour, Block 3', 'Stage Tour GmbH', 'Brucknerhaus, Linz', 'out', -6, 12, 30],
  ['Industrietage', 'Wirtschaftskammer OÖ', 'Design Center, Linz', 'out', -3, 5, 24],
  ['Eiszauber Wels', 'Stadtmarketing Wels', 'Stadtplatz, Wels', 'out', -5, 20, 18],
  ['Filmdreh Donauufer', 'Kranich Film', 'Donaulände, Linz', 'out', -1, 4, 15],
  ['Weihnachtsmarkt Steyr', 'Tourismus Steyr', 'Stadtplatz, Steyr', 'out', -4, 26, 14],
  ['Adventkonzert', 'Domchor Linz', 'Mariendom, Linz', 'in_prep', 0, 2, 11],
  ['Alpina AG Jahrestagung', 'Alpina AG', 'Design Center, Linz', 'in_prep', 1, 3, 16],
  ['Premiere Der Sturm', 'Landesbühne', 'Musiktheater, Linz', 'confirmed', 4, 5, 22],
  ['Jubiläum Stift', 'Stift St. Florian', 'Stift St. Florian', 'confirmed', 6, 3, 18],
  ['Winterball', 'Ballkomitee Linz', 'Palais Kaufmann, Linz', 'confirmed', 9, 1, 32],
  ['Weihnachtsfeier Voralpen Stahl', 'Voralpen Stahl AG', 'Voest-Halle 7, Linz', 'confirmed', 12, 1, 26],
  ['Silvesterlauf', 'Laufverein Donau', 'Hauptplatz, Linz', 'confirmed', 20, 1, 14],
  ['Neujahrskonzert', 'Brucknerorchester', 'Brucknerhaus, Linz', 'confirmed', 24, 1, 12],
  [
    'Maturaball Akademisches Gymnasium',
    'Ballkomitee AkG',
    'Kaufmännischer Verein, Linz',
    'confirmed',
    31,
    1,
    24,
  ],
  ['Skiopening Hinterstoder', 'Bergbahnen Hinterstoder', 'Talstation, Hinterstoder', 'confirmed', 15, 2, 28],
  ['Produktvorstellung Landtechnik', 'Agrar Union', 'Messe Wels, Halle 4', 'confirmed', 38, 2, 20],
  ['Megastore Eröffnung', 'Handelshaus Nord', 'PlusCity, Pasching', 'option', 16, 2, 18],
  ['Kongress Holzbau', 'Holzbau Akademie', 'Design Center, Linz', 'option', 27, 3, 30],
  ['Faschingsumzug Steyr', 'Stadt Steyr', 'Steyr', 'option', 52, 1, 10],
  ['Hausmesse Werkzeugbau', 'Präzision Mühlviertel', 'Freistadt', 'option', 45, 2, 16],
  ['Sommernacht am Pleschinger See', 'Seefest OG', 'Pleschinger See', 'draft', 60, 3, 40],
  ['Firmenlauf, Start und Ziel', 'Laufverein Donau', 'Donaupark, Linz', 'draft', 58, 1, 12],
  ['Open-Air-Kino Urfahr', 'Kinoverein Urfahr', 'Jahrmarktgelände, Linz', 'cancelled', 8, 6, 12],
];

export const nordlichtEvents: readonly DemoEvent[] = [winterleuchten, kongress, ...others.map(spellOut)];

export const buehneSuedEvents: readonly DemoEvent[] = (
  [
    ['Kammerkonzert', 'Musikverein Graz', 'Minoritensaal, Graz', 'closed', -9, 1, 4],
    ['Hauptversammlung Genossenschaft', 'Südsteirer Genossenschaft', 'Leibnitz', 'in_prep', 0, 1, 5],
    ['Lesung im Keller', 'Literaturhaus', 'Literaturhaus, Graz', 'confirmed', 2, 1, 3],
    ['Adventmarkt Mariatrost', 'Pfarre Mariatrost', 'Graz-Mariatrost', 'option', 5, 3, 4],
  ] satisfies Short[]
).map(spellOut);

/** Loads at an hour that differs from job to job, builds up the next morning, comes back the day after the show. */
function spellOut([name, client, venue, status, day, days, lineCount]: Short, index: number): DemoEvent {
  const hour = 6 + ((index * 5) % 13);
  const back: DayHour = status === 'returning' ? [0, 18] : [day + days + 2, 9 + (index % 8)];
  return {
    name,
    client,
    venue,
    status,
    at: [[day, hour], [day + 1, 19], [day + days, 23], back],
    lineCount,
  };
}
