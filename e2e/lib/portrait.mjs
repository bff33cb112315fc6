import { writeFileSync } from 'node:fs';

const WIDTH = 1280;
const HEIGHT = 720;

/** Somebody before a wall of this colour, drawn with three shapes: what a camera sees in pictures of the page. A file of YUV4MPEG2. */
export function writePortrait(file, [red, green, blue]) {
  const luma = Buffer.alloc(WIDTH * HEIGHT);
  const chroma = [Buffer.alloc((WIDTH * HEIGHT) / 4), Buffer.alloc((WIDTH * HEIGHT) / 4)];
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [r, g, b] = colourAt(x, y, [red, green, blue]);
      luma[y * WIDTH + x] = 0.299 * r + 0.587 * g + 0.114 * b;
      if (x % 2 === 0 && y % 2 === 0) {
        const at = (y / 2) * (WIDTH / 2) + x / 2;
        chroma[0][at] = 128 - 0.169 * r - 0.331 * g + 0.5 * b;
        chroma[1][at] = 128 + 0.5 * r - 0.419 * g - 0.081 * b;
      }
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, ...chroma]);
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F25:1 Ip A1:1 C420jpeg\n`), frame, frame]));
}

function colourAt(x, y, wall) {
  const inside = (centreX, centreY, radiusX, radiusY) => ((x - centreX) / radiusX) ** 2 + ((y - centreY) / radiusY) ** 2;
  const head = inside(WIDTH / 2, HEIGHT * 0.42, 118, 146);
  const body = inside(WIDTH / 2, HEIGHT * 1.12, 330, 300);
  const hair = inside(WIDTH / 2, HEIGHT * 0.37, 138, 150);
  // Light comes from above.
  const light = 1.12 - 0.4 * (y / HEIGHT) - 0.1 * Math.abs(x / WIDTH - 0.5);
  const shade = (colour, by) => colour.map((part) => Math.max(0, Math.min(255, part * by)));
  if (head < 1) return shade([224, 178, 150], light * (1.05 - 0.12 * head));
  if (hair < 1 && y < HEIGHT * 0.5) return shade([58, 42, 36], light);
  if (body < 1) return shade(wall.map((part) => 250 - part), light * 0.62);
  return shade(wall, light);
}
