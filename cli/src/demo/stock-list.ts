/** Rooms of the depot by the letter that their shelves begin with. */
export type RoomLetter = 'A' | 'B' | 'S' | 'R' | 'P' | 'K' | 'V' | 'C';

/** How many of what a house of 5,000 pieces owns, and where the first of them lies. */
export type StockItem = {
  readonly quantity: number;
  readonly room: RoomLetter;
  /** A shelf that people know by heart; the next free one of the room unless said. */
  readonly shelf?: string;
};

/** A product of the catalogue, named as there. */
export type CatalogueItem = StockItem & { readonly manufacturer: string; readonly model: string };

/** A product of our own making: plausible, but nobody's. */
export type SyntheticItem = StockItem & {
  readonly name: string;
  readonly category: string;
  readonly weightGrams: number;
  /** Width, height, depth in millimetres. */
  readonly size: readonly [number, number, number];
  readonly powerWatts: number | null;
};

export type StockListItem = CatalogueItem | SyntheticItem;

/** The lighting that everybody asks for, in the order of its codes: the Pointes are A-0401 to A-0424. */
const lighting: readonly CatalogueItem[] = [
  { manufacturer: 'ETC', model: 'ColorSource PAR', quantity: 96, room: 'A' },
  { manufacturer: 'Martin', model: 'MAC Aura', quantity: 60, room: 'B' },
  { manufacturer: 'Robe', model: 'Robin 600 LED Wash', quantity: 48, room: 'B' },
  { manufacturer: 'GLP', model: 'Impression X4', quantity: 48, room: 'B' },
  { manufacturer: 'Robe', model: 'Robin ParFect 150', quantity: 64, room: 'A' },
  { manufacturer: 'Martin', model: 'Stagebar 54S', quantity: 48, room: 'A' },
  { manufacturer: 'Martin', model: 'Atomic 3000', quantity: 14, room: 'A' },
  { manufacturer: 'Elation', model: 'CUEPIX Blinder WW2', quantity: 22, room: 'A' },
  { manufacturer: 'Robe', model: 'Pointe', quantity: 24, room: 'B', shelf: 'B4-2' },
  { manufacturer: 'GLP', model: 'JDC1', quantity: 10, room: 'B', shelf: 'B4-3' },
  { manufacturer: 'Astera', model: 'FP1 Titan Tube', quantity: 48, room: 'A' },
  { manufacturer: 'Astera', model: 'AX3 Lightdrop', quantity: 64, room: 'A' },
  { manufacturer: 'Look Solutions', model: 'Unique 2.1', quantity: 8, room: 'A' },
  { manufacturer: 'Look Solutions', model: 'Viper NT', quantity: 6, room: 'A' },
  { manufacturer: 'Clay Paky', model: 'Sharpy', quantity: 32, room: 'B' },
  { manufacturer: 'Clay Paky', model: 'A.leda B-EYE K10', quantity: 16, room: 'B' },
  { manufacturer: 'Ayrton', model: 'MagicPanel 602', quantity: 12, room: 'B' },
  { manufacturer: 'Martin', model: 'MAC Viper Performance', quantity: 16, room: 'B' },
  { manufacturer: 'ETC', model: 'Source Four LED Series 2 Lustr', quantity: 36, room: 'A' },
  { manufacturer: 'Robe', model: 'Robin LEDBeam 150', quantity: 48, room: 'B' },
];

const S = 'Sound';
const M = 'Microphone';
const R = 'Rigging';
const P = 'Power';
const C = 'Cable';
const V = 'Video';

function item(
  [name, category]: readonly [string, string],
  quantity: number,
  room: RoomLetter,
  weightGrams: number,
  size: SyntheticItem['size'],
  powerWatts: number | null = null,
  shelf?: string,
): SyntheticItem {
  const made = { name, category, quantity, room, weightGrams, size, powerWatts };
  return shelf === undefined ? made : { ...made, shelf };
}

const synthetic: readonly SyntheticItem[] = [
  item(['Line array top 12 inch 2-way', S], 24, 'S', 34000, [700, 309, 405]),
  item(['Line array top 8 inch 2-way', S], 32, 'S', 14500, [460, 231, 344]),
  item(['Subwoofer 18 inch cardioid', S], 18, 'S', 64000, [550, 580, 780]),
  item(['Subwoofer 2 × 18 inch', S], 12, 'S', 98000, [1100, 580, 750]),
  item(['Point source 12 inch', S], 40, 'S', 18500, [356, 580, 340]),
  item(['Monitor wedge 14 inch coaxial', S], 28, 'S', 16000, [480, 275, 450]),
  item(['Active speaker 10 inch on battery', S], 24, 'S', 13500, [310, 485, 305], 250),
  item(['Amplifier rack 4 channels', S], 6, 'S', 38000, [600, 420, 720], 4000, 'S2-1'),
  item(['Digital mixer 32 channels', S], 8, 'S', 21000, [820, 220, 610], 180),
  item(['Digital mixer 64 channels', S], 3, 'S', 39000, [1080, 320, 720], 340),
  item(['Stage box 32 in 16 out', S], 10, 'S', 11200, [482, 222, 320], 90),
  item(['Wireless receiver 4 channels', M], 14, 'S', 4300, [482, 44, 330], 45),
  item(['Handheld transmitter', M], 48, 'S', 330, [260, 50, 50]),
  item(['Pocket transmitter', M], 36, 'S', 160, [82, 64, 24]),
  item(['Vocal microphone dynamic', M], 60, 'S', 300, [162, 51, 51]),
  item(['Condenser microphone small', M], 24, 'S', 90, [100, 21, 21]),
  item(['Drum microphone set', M], 6, 'S', 3200, [370, 110, 290]),
  item(['DI box active', M], 36, 'S', 590, [120, 50, 130]),
  item(['Microphone stand with boom', S], 80, 'S', 3100, [110, 110, 950]),
  item(['Speaker stand with crank', S], 20, 'S', 12500, [180, 180, 1400]),
  item(['In-ear transmitter stereo', M], 12, 'S', 1100, [212, 44, 172], 12),
  item(['Intercom beltpack', S], 18, 'S', 330, [95, 50, 135]),
  item(['Lighting console 12 universes', 'Control'], 4, 'A', 39000, [1150, 380, 780], 420),
  item(['Lighting console compact', 'Control'], 6, 'A', 14500, [620, 180, 480], 200),
  item(['DMX node 8 ports', 'Control'], 22, 'A', 2600, [482, 44, 200], 25),
  item(['DMX splitter 8 ways', 'Control'], 26, 'A', 2100, [482, 44, 160], 15),
  item(['Dimmer 12 × 2.3 kW', 'Control'], 12, 'A', 24000, [482, 132, 470]),
  item(['Follow spot 1200 W', 'Spot'], 6, 'A', 36000, [410, 500, 1150], 1400),
  item(['Truss 30 cm square, 3 m', R], 60, 'R', 18600, [290, 290, 3000]),
  item(['Truss 30 cm square, 2 m', R], 64, 'R', 13200, [290, 290, 2000]),
  item(['Truss 30 cm square, 1 m', R], 40, 'R', 7400, [290, 290, 1000]),
  item(['Truss 40 cm square, 3 m', R], 36, 'R', 24500, [400, 400, 3000]),
  item(['Truss corner 30 cm, 90 degrees', R], 24, 'R', 9800, [500, 500, 290]),
  item(['Truss base plate 80 cm', R], 28, 'R', 21000, [800, 12, 800]),
  item(['Chain hoist 500 kg D8+', R], 12, 'R', 31000, [320, 260, 480], 800),
  item(['Chain hoist 1000 kg D8+', R], 16, 'R', 48000, [360, 300, 560], 1300),
  item(['Hoist controller 8 channels', R], 4, 'R', 22000, [482, 266, 450]),
  item(['Steel rope 3 m with thimble', R], 120, 'R', 1400, [120, 40, 220]),
  item(['Half coupler 50 mm', R], 300, 'R', 420, [60, 50, 110]),
  item(['Round sling 2 t, 2 m', R], 90, 'R', 1100, [180, 60, 260]),
  item(['Winch stand 6.5 m', R], 12, 'R', 62000, [420, 420, 2050]),
  item(['Stage deck 2 × 1 m', R], 96, 'R', 38000, [2000, 90, 1000]),
  item(['Stage stair adjustable', R], 8, 'R', 28000, [1000, 300, 700]),
  item(['Distro 63 A, 6 × CEE 16', P], 8, 'P', 38000, [600, 480, 520]),
  item(['Distro 32 A, 12 × Schuko', P], 20, 'P', 19500, [482, 266, 400]),
  item(['Distro 125 A, 4 × CEE 63', P], 3, 'P', 86000, [700, 980, 620]),
  item(['Box 16 A, 6 × Schuko', P], 48, 'P', 3400, [300, 160, 160]),
  item(['Battery pack 2 kWh', P], 10, 'P', 29000, [420, 330, 300]),
  item(['Floodlight on tripod 200 W', P], 14, 'P', 6200, [340, 110, 330], 200),
  item(['Cable ramp 5 channels, 1 m', P], 70, 'P', 17500, [900, 75, 500]),
  item(['CEE 63 A, 25 m', C], 12, 'K', 27000, [520, 300, 520], null, 'K1-07'),
  item(['CEE 32 A, 25 m', C], 40, 'K', 12800, [420, 220, 420]),
  item(['CEE 32 A, 10 m', C], 48, 'K', 5600, [320, 160, 320]),
  item(['CEE 16 A, 25 m', C], 50, 'K', 7200, [360, 180, 360]),
  item(['CEE 125 A, 25 m', C], 6, 'K', 68000, [720, 380, 720]),
  item(['Schuko extension, 10 m', C], 400, 'K', 1900, [260, 110, 260]),
  item(['Schuko extension, 5 m', C], 360, 'K', 1000, [220, 90, 220]),
  item(['Hybrid DMX and power, 10 m', C], 180, 'K', 2300, [280, 120, 280]),
  item(['DMX 5-pin, 10 m', C], 320, 'K', 700, [200, 70, 200]),
  item(['DMX 5-pin, 20 m', C], 160, 'K', 1350, [240, 90, 240]),
  item(['Microphone cable, 10 m', C], 300, 'K', 650, [190, 60, 190]),
  item(['Speaker cable 4-pin, 10 m', C], 160, 'K', 1500, [240, 90, 240]),
  item(['Multicore 24 in 8 out, 50 m', C], 6, 'K', 46000, [560, 420, 560]),
  item(['Network cable rugged, 50 m', C], 60, 'K', 3900, [310, 230, 250]),
  item(['Fibre drum 4 channels, 150 m', C], 10, 'K', 9600, [420, 360, 330]),
  item(['HD-SDI cable, 50 m', C], 50, 'K', 4100, [320, 150, 320]),
  item(['HDMI extender pair', V], 18, 'V', 900, [180, 40, 120], 20),
  item(['Projector 12,000 lumens laser', V], 6, 'V', 27500, [500, 215, 580], 980),
  item(['Projector 30,000 lumens laser', V], 3, 'V', 96000, [720, 420, 1080], 3300),
  item(['LED tile 2.6 mm, 50 × 50 cm', V], 160, 'V', 8200, [500, 500, 80], 170),
  item(['LED processor 4K', V], 5, 'V', 7300, [482, 88, 420], 90),
  item(['Display 55 inch on stand', V], 16, 'V', 24000, [1240, 710, 62], 160),
  item(['Display 98 inch', V], 4, 'V', 64000, [2190, 1260, 78], 390),
  item(['Vision mixer 8 inputs', V], 4, 'V', 9800, [482, 180, 420], 120),
  item(['Camera 4K with tripod', V], 8, 'V', 12600, [420, 380, 300], 65),
  item(['Camera remote head', V], 10, 'V', 2300, [178, 186, 165], 25),
  item(['Confidence monitor 24 inch', V], 12, 'V', 5400, [560, 360, 190], 35),
  item(['Perfect cue with two lights', V], 6, 'V', 1500, [210, 60, 160], 10),
];

/** Everything with a fixed number, in the order of codes. */
export const stockList: readonly StockListItem[] = [...lighting, ...synthetic];

/** What fills up a house to the wanted number of pieces: nobody ever counted these as too many. */
export const fillers: readonly string[] = [
  'Schuko extension, 10 m',
  'DMX 5-pin, 10 m',
  'Half coupler 50 mm',
  'Microphone cable, 10 m',
  'Schuko extension, 5 m',
];

/** Products that are counted, without codes; lists may name them later. */
export const countedProducts: readonly {
  readonly name: string;
  readonly tracking: 'bulk' | 'consumable';
  /** How many a house of 5,000 pieces has, half of them on each of two shelves. */
  readonly quantity: number;
}[] = [
  { name: 'Shackle 3.25 t', tracking: 'bulk', quantity: 240 },
  { name: 'Safety rope 60 cm', tracking: 'bulk', quantity: 500 },
  { name: 'Cable tie reusable', tracking: 'bulk', quantity: 1200 },
  { name: 'Gaffer tape black 50 mm', tracking: 'consumable', quantity: 96 },
  { name: 'Battery AA', tracking: 'consumable', quantity: 400 },
  { name: 'Haze fluid 5 l', tracking: 'consumable', quantity: 36 },
];

/** Cases by what is in them, in the order of their codes: JDC1 in C-031 and C-032, Pointes in C-038 to C-043. */
export const caseList: readonly { readonly of: string; readonly cases: number; readonly perCase: number }[] =
  [
    { of: 'MAC Aura', cases: 10, perCase: 6 },
    { of: 'Robin 600 LED Wash', cases: 6, perCase: 4 },
    { of: 'Impression X4', cases: 8, perCase: 6 },
    { of: 'Robin ParFect 150', cases: 6, perCase: 8 },
    { of: 'JDC1', cases: 2, perCase: 4 },
    { of: 'FP1 Titan Tube', cases: 5, perCase: 8 },
    { of: 'Pointe', cases: 6, perCase: 4 },
    { of: 'Handheld transmitter', cases: 6, perCase: 8 },
    { of: 'Point source 12 inch', cases: 20, perCase: 2 },
    { of: 'DI box active', cases: 3, perCase: 12 },
    { of: 'Chain hoist 500 kg D8+', cases: 6, perCase: 2 },
    { of: 'Chain hoist 1000 kg D8+', cases: 6, perCase: 2 },
  ];
