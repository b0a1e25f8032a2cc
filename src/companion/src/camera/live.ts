// The live camera: frames to the reader, texts to whoever listens.

import { symbolReader } from "./reader";
import { type CameraTrouble, troubleOf } from "./trouble";

/** Longest side of a frame that is read; more costs time and finds no more. */
const MAX_SIDE = 1280;
/** Least time from one frame to the next, and of it for nothing: a phone that reads as fast as it can gets hot. */
const FRAME_MS = 40;
const REST_MS = 15;

/** What a listener hears. */
export interface CameraListener {
  onText(text: string): void;
  onTrouble(trouble: CameraTrouble): void;
}

/** One camera on one video element. */
export class LiveCamera {
  #stream: MediaStream | undefined;
  #running = 0;
  readonly #canvas = document.createElement("canvas");

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
    const reader = symbolReader();
    let broken = 0;
    while (run === this.#running) {
      const begun = performance.now();
      const image = this.#grab();
      if (image) {
        try {
          const { texts } = await reader.read(image, "live");
          if (run !== this.#running) return;
          for (const text of texts) this.listener.onText(text);
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

  #grab(): ImageData | undefined {
    const { videoWidth, videoHeight, readyState } = this.video;
    if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || videoWidth === 0) return undefined;
    return imageOf(this.#canvas, this.video, videoWidth, videoHeight, MAX_SIDE);
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
