// The live camera: frames to the reader, texts and numbers to whoever listens.

import { cutOut, type ReadNumber } from "./cut_out";
import { digitReader, symbolReader } from "./reader";
import { type CameraTrouble, troubleOf } from "./trouble";

/** Longest side of a frame that is read; more costs time and finds no more. */
const MAX_SIDE = 1280;
/** Least time from one frame to the next, and of it for nothing: a phone that reads as fast as it can gets hot. */
const FRAME_MS = 40;
const REST_MS = 15;

/** After a text of use no number is looked for: the screen shows a symbol. */
const SYMBOL_MS = 1500;
/** Where printed numbers cannot be read, they are not tried again. */
const MOST_BROKEN = 2;

/** What a listener hears. */
export interface CameraListener {
  /** Whether the text is of use. */
  onText(text: string): boolean;
  onNumber(number: ReadNumber): void;
  onTrouble(trouble: CameraTrouble): void;
}

/** One camera on one video element. */
export class LiveCamera {
  #stream: MediaStream | undefined;
  #running = 0;
  readonly #canvas = document.createElement("canvas");
  readonly #digits = document.createElement("canvas");
  #symbolAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly video: HTMLVideoElement,
    readonly listener: CameraListener,
  ) {}

  /** Asks for the camera, and reads until `stop`. */
  async start(): Promise<void> {
    const run = ++this.#running;
    if (!navigator.mediaDevices?.getUserMedia) {
      this.listener.onTrouble(window.isSecureContext ? "camera-unsupported" : "camera-insecure");
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      if (run !== this.#running) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      this.#stream = stream;
      stream.getVideoTracks()[0]?.addEventListener("ended", () => {
        if (run === this.#running) this.#give("camera-ended");
      });
      this.video.srcObject = stream;
      await this.video.play();
      void this.#read(run);
      void this.#readDigits(run);
    } catch (error) {
      if (run === this.#running) this.#give(troubleOf(error));
    }
  }

  /** Lets go of the camera. */
  stop(): void {
    this.#running += 1;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.video.srcObject = null;
  }

  /** Whether there is a lamp to switch. */
  get hasTorch(): boolean {
    const track = this.#stream?.getVideoTracks()[0];
    const capabilities = track?.getCapabilities?.() as { torch?: boolean } | undefined;
    return capabilities?.torch === true;
  }

  /** Switches the lamp. */
  async torch(on: boolean): Promise<void> {
    const constraints = { advanced: [{ torch: on }] } as unknown as MediaTrackConstraints;
    await this.#stream?.getVideoTracks()[0]?.applyConstraints(constraints).catch(() => undefined);
  }

  #give(trouble: CameraTrouble): void {
    this.stop();
    this.listener.onTrouble(trouble);
  }

  async #read(run: number): Promise<void> {
    let broken = 0;
    while (run === this.#running) {
      const begun = performance.now();
      const image = this.#grab();
      if (image) {
        try {
          const { seen } = await symbolReader.read(image, "live");
          if (run !== this.#running) return;
          for (const text of seen) if (this.listener.onText(text)) this.#symbolAt = performance.now();
          broken = 0;
        } catch {
          broken += 1;
          if (broken >= 5) return this.#give("camera-failed");
        }
      }
      const rest = Math.max(REST_MS, FRAME_MS - (performance.now() - begun));
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }

  /** Beside the symbols: at most half of the time, so that the phone stays cool. */
  async #readDigits(run: number): Promise<void> {
    let broken = 0;
    while (run === this.#running && broken < MOST_BROKEN) {
      const begun = performance.now();
      const image = begun - this.#symbolAt < SYMBOL_MS ? undefined : this.#grab(this.#digits);
      if (image) {
        try {
          const { seen } = await digitReader.read(image, "live");
          if (run !== this.#running) return;
          // The frame still stands on its canvas.
          for (const number of seen) this.listener.onNumber(cutOut(this.#digits, number));
        } catch {
          broken += 1;
        }
      }
      const rest = Math.max(FRAME_MS, performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }

  #grab(canvas = this.#canvas): ImageData | undefined {
    const { videoWidth, videoHeight, readyState } = this.video;
    if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || videoWidth === 0) return undefined;
    return imageOf(canvas, this.video, videoWidth, videoHeight, MAX_SIDE);
  }
}

/** Draws a source, no larger than `most` on its longer side, and takes the pixels. */
export function imageOf(
  canvas: HTMLCanvasElement,
  source: CanvasImageSource,
  width: number,
  height: number,
  most: number,
): ImageData | undefined {
  const scale = Math.min(1, most / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  if (!context) return undefined;
  context.drawImage(source, 0, 0, w, h);
  return context.getImageData(0, 0, w, h);
}
