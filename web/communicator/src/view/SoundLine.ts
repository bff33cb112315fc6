const BAR = 3;
const GAP = 3;
const INTERVAL_MS = 50;

/** Draws the loudness of the last seconds as a line of bars, newest at the right. */
export class SoundLine {
  private readonly levels: number[] = [];
  private timer: number | undefined;
  private quiet = 0;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Starts with an empty line; `level` gives 0 to 1 and is asked twenty times a second. */
  start(level: () => number): void {
    this.stop();
    this.levels.length = 0;
    this.draw();
    this.timer = window.setInterval(() => {
      this.levels.push(level());
      this.draw();
      this.tell();
    }, INTERVAL_MS);
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.timer = undefined;
  }

  private draw(): void {
    const { canvas } = this;
    const scale = window.devicePixelRatio;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
    if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    const bars = Math.max(1, Math.floor(width / (BAR + GAP)));
    this.levels.splice(0, Math.max(0, this.levels.length - bars));
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.fillStyle = getComputedStyle(canvas).color;
    for (let bar = 0; bar < bars; bar++) {
      const level = this.levels[this.levels.length - bars + bar] ?? 0;
      const tall = Math.max(BAR, level * height);
      // Older sound fades.
      pen.globalAlpha = level > 0.02 ? 0.25 + 0.75 * (bar / bars) : 0.18;
      pen.beginPath();
      pen.roundRect(bar * (BAR + GAP), (height - tall) / 2, BAR, tall, BAR / 2);
      pen.fill();
    }
  }

  /** Screen readers get a value now and then, not twenty a second. */
  private tell(): void {
    this.quiet = (this.quiet + 1) % 20;
    if (this.quiet !== 0) return;
    const recent = this.levels.slice(-20);
    const mean = recent.reduce((sum, level) => sum + level, 0) / Math.max(1, recent.length);
    this.canvas.setAttribute('aria-valuenow', String(Math.round(mean * 100)));
  }
}
