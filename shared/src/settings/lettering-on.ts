/** Black or white, whichever can be read better on a colour `#rrggbb`: by the contrast of WCAG 2.2. */
export function letteringOn(colour: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) => {
    const share = Number.parseInt(colour.slice(place, place + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Where contrast to black, (L + 0.05) / 0.05, is that to white, 1.05 / (L + 0.05).
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
